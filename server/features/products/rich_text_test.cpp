#include "products/rich_text.hpp"

#include <gtest/gtest.h>

namespace fitview::products {
namespace {

struct Case {
    const char* sent;
    const char* kept;
};

class RichTextTable : public testing::TestWithParam<Case> {};

TEST_P(RichTextTable, KeepsWhatIsAllowedOnly) {
    EXPECT_EQ(sanitised_html(GetParam().sent), GetParam().kept);
}

TEST_P(RichTextTable, IsSettledAfterOnce) {
    EXPECT_EQ(sanitised_html(GetParam().kept), GetParam().kept);
}

INSTANTIATE_TEST_SUITE_P(
    Ordinary, RichTextTable,
    testing::Values(
        Case{"", ""}, Case{"Soft & light, 5 < 6", "Soft &amp; light, 5 &lt; 6"}, Case{"रेशमी साड़ी ₹", "रेशमी साड़ी ₹"},
        Case{"line\nbreak", "line\nbreak"}, Case{"<p>One</p><p>Two<br/>three</p>", "<p>One</p><p>Two<br>three</p>"},
        Case{"<STRONG>a</STRONG><em class=x>b</em><u id=y>c</u>", "<strong>a</strong><em>b</em><u>c</u>"},
        Case{"<ul><li>a</li><li>b</li></ul><ol><li>c</li></ol>", "<ul><li>a</li><li>b</li></ul><ol><li>c</li></ol>"},
        Case{"<h1>a</h1><h3>b</h3><h4>c</h4><blockquote>d</blockquote>",
             "a<h3>b</h3><h4>c</h4><blockquote>d</blockquote>"},
        Case{"<div><span style='color:red'>a</span></div>", "a"}, Case{"<b>open", "<b>open</b>"},
        Case{"</b>closed", "closed"},
        Case{"<a href=\"https://x.in/?a=1&amp;b=2\" target=_blank>x</a>",
             "<a href=\"https://x.in/?a=1&amp;b=2\" rel=\"nofollow noopener\">x</a>"},
        Case{"<a href=\"MAILTO:a@b.in\">x</a>", "<a href=\"MAILTO:a@b.in\" rel=\"nofollow noopener\">x</a>"},
        Case{"<table><tr><td>a</td></tr></table>", "a"}, Case{"<img src=x alt=y>", ""},
        Case{"<meta charset=\"utf-16\">é", "é"}));

INSTANTIATE_TEST_SUITE_P(
    Hostile, RichTextTable,
    testing::Values(
        Case{"<script>alert(1)</script>a", "a"}, Case{"<SCRIPT SRC=//x></SCRIPT>a", "a"},
        Case{"<style>p{}</style>a", "a"}, Case{"<p onclick=alert(1) style='x:expression(1)'>a</p>", "<p>a</p>"},
        Case{"<img src=x onerror=alert(1)>a", "a"}, Case{"<svg onload=alert(1)><script>1</script></svg>a", "a"},
        Case{"<iframe src=javascript:1>x</iframe>a", "a"}, Case{"<a href=javascript:alert(1)>a</a>", "a"},
        Case{"<a href=' jAvAsCrIpT:alert(1)'>a</a>", "a"}, Case{"<a href='java&#10;script:alert(1)'>a</a>", "a"},
        Case{"<a href='&#106;avascript:1'>a</a>", "a"}, Case{"<a href='data:text/html,x'>a</a>", "a"},
        Case{"<a href='//x.in'>a</a>", "a"}, Case{"<a href='http://'>a</a>", "a"},
        Case{"<a href='https://x/\" onmouseover=\"alert(1)'>a</a>", "a"},
        Case{"<a href='https://x/\"onmouseover=alert(1)'>a</a>",
             "<a href=\"https://x/&quot;onmouseover=alert(1)\" rel=\"nofollow noopener\">a</a>"},
        Case{"&lt;script&gt;alert(1)&lt;/script&gt;", "&lt;script&gt;alert(1)&lt;/script&gt;"},
        Case{"<!--<script>1</script>-->a<!doctype x>", "a"}, Case{"<?php echo 1 ?>a", "a"},
        Case{"<math><mi><p>x</p></mi></math>a", "a"},
        Case{"<noscript><p title=\"</noscript><img src=x onerror=1>\"></noscript>a", "a"},
        Case{"</div></body></html>a", "<p>a</p>"}, Case{"<template><b>x</b></template>a", "a"},
        Case{"<textarea><b>x</textarea>a", "a"}, Case{"<object data=x><b>y</b></object>a", "a"},
        Case{"<form action=x><button>a</button></form>", "a"}));

TEST(RichText, NeverLetsMarkupThroughHoweverItIsBroken) {
    for (const std::string sent :
         {"<scr<script>ipt>alert(1)</script>", "<<script>alert(1)//<</script>", "<b <script>alert(1)</script>>x",
          "<a href=\"https://x\" <b>", "<p/onclick=alert(1)//>x", "<svg/onload=alert(1)>", "<x:script>1</x:script>",
          "<![CDATA[<script>alert(1)</script>]]>", "<title><img src=x onerror=1></title>", "&#60;script&#62;"}) {
        const std::string kept = sanitised_html(sent);
        for (const char* never : {"<script", "onclick", "onload", "onerror=1>", "<svg", "<img", "<x", "<!"}) {
            EXPECT_EQ(kept.find(never), std::string::npos) << sent << " gave " << kept;
        }
        EXPECT_EQ(sanitised_html(kept), kept);
    }
}

TEST(RichText, SurvivesDeepNesting) {
    std::string deep;
    for (int level = 0; level < 6000; ++level) deep += "<b>";
    EXPECT_LT(sanitised_html(deep + "x").size(), 1000U);
}

TEST(RichText, PlainTextKeepsWordsApart) {
    EXPECT_EQ(plain_text("<p>So<b>ft</b> &amp; light</p><p>5 &lt; 6</p>"), " Soft & light  5 < 6 ");
    EXPECT_EQ(plain_text(""), "");
}

TEST(RichText, CountsTheLimitBeforeSanitising) {
    EXPECT_TRUE(RichText<5>::check("a&b"));
    EXPECT_FALSE(RichText<5>::check("abcdef"));
    EXPECT_EQ(RichText<5>::check("a&b")->str(), "a&amp;b");
}

}  // namespace
}  // namespace fitview::products
