// Carries messages between servers that have the same document open. Only a hint: a message may come late,
// twice, out of order or not at all, and nothing may depend on it but how soon others see a change. The log
// is the truth. Lives on the event-loop thread and outlives its subscribers.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>

namespace tandem {

class Bus {
public:
    // Destroying it ends the subscription; the listener is not called any more.
    class Subscription {
    public:
        virtual ~Subscription() = default;
    };
    // Called on the event loop, perhaps within publish() of another subscriber. Must not subscribe, and may
    // hear what it published itself.
    using Listener = std::function<void(std::string_view message)>;

    virtual ~Bus() = default;

    virtual std::unique_ptr<Subscription> subscribe(const std::string& topic, Listener listener) = 0;
    virtual void publish(const std::string& topic, const std::shared_ptr<const std::string>& message) = 0;
    // May someone else be listening? False saves the work of making a message that nobody gets.
    virtual bool reachesOthers(const std::string& topic) const = 0;
    // False: what it carries between servers is lost now.
    virtual bool isWhole() const { return true; }

    // Messages were lost: whoever can must look at the log. Set by the RoomDirectory.
    std::function<void()> onMessagesLost;
};

} // namespace tandem
