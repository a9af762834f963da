#include "engine/evaluate/contact_sheet.hpp"

#include <cstdio>

#include "engine/composer.hpp"
#include "engine/evaluate/run_evaluation.hpp"

namespace fitview::engine {
namespace {

constexpr CaseKind kinds[] = {CaseKind::true_pair, CaseKind::worn_pair, CaseKind::worn_pair_points,
                              CaseKind::closed_loop, CaseKind::unpaired};

const char* title_of(CaseKind kind) {
    switch (kind) {
        case CaseKind::unpaired:
            return "Any person in any garment";
        case CaseKind::worn_pair:
            return "Photos that show the garment worn (its top hidden before drawing)";
        case CaseKind::worn_pair_points:
            return "The same with fit points";
        case CaseKind::true_pair:
            return "True pairs: the same person without and with the garment";
        case CaseKind::closed_loop:
            return "Closed loop: the worn top cut out and put on again";
    }
    return "";
}

constexpr const char* style = R"(
body{font:14px/1.45 system-ui,sans-serif;margin:0;padding:24px;background:#f4f2ee;color:#23211e}
h1{font-size:22px;margin:0 0 4px}h2{font-size:17px;margin:32px 0 10px}
table{border-collapse:collapse;background:#fff;margin:8px 0 16px}td,th{padding:3px 10px;border:1px solid #ddd8cf;text-align:right}
td:first-child,th:first-child{text-align:left}pre{background:#fff;border:1px solid #ddd8cf;padding:10px;overflow:auto}
.cards{display:grid;grid-template-columns:repeat(auto-fill,minmax(300px,1fr));gap:14px}
figure{margin:0;background:#fff;border:1px solid #ddd8cf;border-radius:6px;overflow:hidden}
.row{display:flex;background:#e9e6df}.row a{flex:1 1 64%;display:block}.row img{width:100%;display:block}
.row .made{flex:1 1 36%;display:flex;flex-direction:column;gap:4px;padding:4px}.made img{object-fit:contain;max-height:50%}
figcaption{padding:8px 10px}figcaption b{display:block}small{color:#6b655c;display:block}
.low{border-left:5px solid #b3261e}.mid{border-left:5px solid #c58a00}.good{border-left:5px solid #3b7a3b}
)";

std::string escaped(const std::string& text) {
    std::string safe;
    for (const char c : text) switch (c) {
            case '&':
                safe += "&amp;";
                break;
            case '<':
                safe += "&lt;";
                break;
            case '>':
                safe += "&gt;";
                break;
            case '"':
                safe += "&quot;";
                break;
            default:
                safe += c;
        }
    return safe;
}

std::string picture(const std::string& file) {
    return "<img loading=lazy alt=\"\" src=\"" + escaped(file) + "\">";
}

std::string card(const EvaluationCase& one) {
    std::string html = "<figure class=";
    html += one.score >= 0.6 ? "good" : one.score >= quality_floor ? "mid" : "low";
    html += "><div class=row><a href=\"" + escaped(one.picture) + "\">" + picture(one.picture) + "</a><div class=made>";
    html += picture(thumbnail_of_person(one.person));
    if (!one.garment.empty()) html += picture(thumbnail_of_garment(one.garment));
    if (one.kind == CaseKind::true_pair) html += picture(thumbnail_of_truth(one.person));
    html += "</div></div><figcaption><b>" + escaped(one.person + (one.garment.empty() ? "" : " + " + one.garment)) +
            "</b>" + escaped(verdict_of(one));
    for (const std::string& warning : one.warnings) html += "<small>" + escaped(warning) + "</small>";
    return html + "</figcaption></figure>\n";
}

std::string table_of_means(const Evaluation& evaluation, CaseKind kind) {
    std::string html = "<table><tr><th>measure<th>mean</tr>";
    for (const Measure& mean : means_of(evaluation, kind)) {
        char value[32];
        std::snprintf(value, sizeof value, "%.4g", mean.value);
        html += "<tr><td>" + escaped(mean.name) + "<td>" + value + "</tr>";
    }
    return html + "</table>\n";
}

}  // namespace

std::string contact_sheet(const Evaluation& evaluation, const RunComparison* comparison, const std::string& other) {
    std::string html =
        "<!doctype html><html lang=en><meta charset=utf-8><meta name=viewport content=\"width=device-width\">"
        "<title>FitView evaluation</title><style>" +
        std::string(style) + "</style>\n<h1>Evaluation of the try-on engine</h1><p>" +
        std::to_string(evaluation.cases.size()) + " pictures, engine version " + escaped(evaluation.engine_version) +
        ". The worst come first; a click opens a picture at full size.</p>\n";
    if (comparison)
        html += "<h2>Compared with " + escaped(other) + "</h2><pre>" + escaped(table_of(*comparison)) + "</pre>\n";
    if (!evaluation.unusable.empty()) {
        html += "<h2>Left out</h2><ul>";
        for (const std::string& sentence : evaluation.unusable) html += "<li>" + escaped(sentence) + "</li>";
        html += "</ul>\n";
    }
    for (const CaseKind kind : kinds) {
        const auto cases = worst_first(evaluation, kind);
        if (cases.empty()) continue;
        html += "<h2>" + std::string(title_of(kind)) + " (" + std::to_string(cases.size()) + ")</h2>\n" +
                table_of_means(evaluation, kind) + "<div class=cards>\n";
        for (const EvaluationCase* one : cases) html += card(*one);
        html += "</div>\n";
    }
    return html + "</html>\n";
}

}  // namespace fitview::engine
