#pragma once

#include <cstddef>
#include <map>
#include <memory>
#include <mutex>

namespace elic {

/// Answers that were found before, by key. May be used by several threads: two that ask at once for what is not there
/// may both find it, and agree. At most `most` are kept: then it begins anew.
template <class Key, class Value>
class Memo {
public:
    explicit Memo(std::size_t most) : most_(most) {}

    /// The value of `key`; `make` finds it the first time.
    template <class Make>
    std::shared_ptr<const Value> get(const Key& key, const Make& make) {
        {
            const std::lock_guard lock(access_);
            if (const auto found = kept_.find(key); found != kept_.end()) return found->second;
        }
        auto made = std::make_shared<const Value>(make());
        const std::lock_guard lock(access_);
        if (kept_.size() >= most_) kept_.clear();
        return kept_.emplace(key, std::move(made)).first->second;
    }

private:
    std::size_t most_;
    std::mutex access_;
    std::map<Key, std::shared_ptr<const Value>> kept_;
};

}  // namespace elic
