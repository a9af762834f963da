#include "http/event_channel.hpp"

namespace fitview::http {
namespace {

/// A line of the event stream format; line breaks in `value` would start another field, so callers split or drop them.
void append_field(std::string& out, std::string_view name, std::string_view value) {
    out += name;
    out += ": ";
    out += value;
    out += '\n';
}

std::string_view first_line(std::string_view text) {
    return text.substr(0, text.find_first_of("\r\n"));
}

std::string encoded(const ServerEvent& event) {
    std::string out;
    if (!event.id.empty()) append_field(out, "id", first_line(event.id));
    if (!event.name.empty()) append_field(out, "event", first_line(event.name));
    std::string_view rest = event.data;
    while (true) {
        const auto end = rest.find_first_of("\r\n");
        append_field(out, "data", rest.substr(0, end));
        if (end == std::string_view::npos) break;
        rest.remove_prefix(end + (rest.substr(end, 2) == "\r\n" ? 2 : 1));
    }
    out += '\n';
    return out;
}

}  // namespace

bool EventChannel::send(const ServerEvent& event) {
    const std::string bytes = encoded(event);
    std::function<void()> wake;
    bool slow = false;
    {
        const std::lock_guard lock(mutex_);
        if (finished_ || cut_) return false;
        slow = waiting_.size() + bytes.size() > waiting_bytes_max;
        if (!slow) {
            waiting_ += bytes;
            wake = wake_;
        }
    }
    if (slow) {
        close(true);
        return false;
    }
    if (wake) wake();
    return true;
}

void EventChannel::close(bool cut) {
    std::function<void()> wake;
    std::vector<std::function<void()>> notifies;
    {
        const std::lock_guard lock(mutex_);
        if (cut) cut_ = true;
        if (finished_ && !cut) return;
        finished_ = true;
        if (!cut) wake = wake_;
        if (cut) wake_ = nullptr;  // the connection has gone and must not be woken any more
        notifies.swap(notifies_);
    }
    for (const auto& notify : notifies) notify();
    if (wake) wake();
}

void EventChannel::finish() {
    close(false);
}
void EventChannel::cut() {
    close(true);
}

bool EventChannel::closed() const {
    const std::lock_guard lock(mutex_);
    return finished_ || cut_;
}

void EventChannel::on_closed(std::function<void()> notify) {
    {
        const std::lock_guard lock(mutex_);
        if (!finished_ && !cut_) {
            notifies_.push_back(std::move(notify));
            return;
        }
    }
    notify();
}

void EventChannel::attach(std::function<void()> wake) {
    const std::lock_guard lock(mutex_);
    wake_ = std::move(wake);
}

EventChannel::Taken EventChannel::take() {
    const std::lock_guard lock(mutex_);
    Taken taken{.bytes = {}, .last = finished_};
    if (!cut_) taken.bytes.swap(waiting_);
    return taken;
}

bool EventSender::send(const ServerEvent& event) const {
    return channel_->send(event);
}
void EventSender::finish() const {
    channel_->finish();
}
bool EventSender::closed() const {
    return channel_->closed();
}
void EventSender::on_closed(std::function<void()> notify) const {
    channel_->on_closed(std::move(notify));
}

}  // namespace fitview::http
