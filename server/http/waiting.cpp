#include "http/waiting.hpp"

namespace fitview::http {

void Waiting::begin(const std::shared_ptr<Waiting>& self) {
    try {
        begin_(self);
    } catch (...) {
        decide([this, fault = std::current_exception()] { fault_ = fault; }, true);
    }
}

Response Waiting::make() const {
    if (fault_) std::rethrow_exception(fault_);
    return make_();
}

void Waiting::when_decided(std::function<void()> decided) {
    {
        const std::lock_guard lock(mutex_);
        if (!over_) {
            decided_ = std::move(decided);
            return;
        }
    }
    decided();
}

bool Waiting::decide(const std::function<void()>& fill, bool wanted) {
    std::function<void()> decided;
    std::vector<std::function<void()>> notifies;
    {
        const std::lock_guard lock(mutex_);
        if (over_) return false;
        over_ = true;
        if (fill) fill();
        decided.swap(decided_);
        notifies.swap(notifies_);
    }
    for (const auto& notify : notifies) notify();
    if (wanted && decided) decided();
    return true;
}

bool Waiting::offer(const std::function<void()>& fill) {
    return decide(fill, true);
}
void Waiting::expire() {
    decide({}, true);
}
void Waiting::abandon() {
    decide({}, false);
}

bool Waiting::over() const {
    const std::lock_guard lock(mutex_);
    return over_;
}

void Waiting::on_over(std::function<void()> notify) {
    {
        const std::lock_guard lock(mutex_);
        if (!over_) {
            notifies_.push_back(std::move(notify));
            return;
        }
    }
    notify();
}

bool offer(const std::shared_ptr<Waiting>& waiting, const std::function<void()>& make) {
    return waiting->offer(make);
}
bool is_over(const std::shared_ptr<Waiting>& waiting) {
    return waiting->over();
}
void when_over(const std::shared_ptr<Waiting>& waiting, std::function<void()> notify) {
    waiting->on_over(std::move(notify));
}

}  // namespace fitview::http
