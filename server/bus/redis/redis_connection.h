// A connection to Redis that comes back by itself after it was lost, with growing delays. Lives on the event
// loop; owned by the RedisBus. What is not answered when it is lost is forgotten.
#pragma once

#include "base/backoff.h"
#include "bus/redis/redis_address.h"

#include <QObject>
#include <QSocketNotifier>
#include <QTimer>

#include <functional>
#include <string_view>
#include <vector>

struct redisAsyncContext;
struct redisReply;

namespace tandem {

class RedisConnection final : public QObject {
    Q_OBJECT
public:
    // Called for each answer, and for each message of a channel, but for errors.
    using OnReply = std::function<void(const redisReply& reply)>;

    RedisConnection(RedisAddress address, Random& random, OnReply onReply);
    ~RedisConnection() override;

    bool isConnected() const { return m_connected; }
    // Precondition: isConnected().
    void send(const std::vector<std::string_view>& words);
    // Takes it for lost.
    void drop(const QString& why);

signals:
    void connected();
    // It was there, or could not be had at first. Tried again later.
    void lost(const QString& why);

private:
    void lookUp();
    void connectTo(const QString& address);
    void watch();
    void unwatch();
    void introduce();
    void answered(const redisReply& reply);
    void tryAgain(const QString& why);

    static void onConnect(const redisAsyncContext* context, int status);
    static void onDisconnect(const redisAsyncContext* context, int status);
    static void onAnswer(redisAsyncContext* context, void* reply, void* self);

    const RedisAddress m_address;
    Random& m_random;
    const OnReply m_onReply;
    redisAsyncContext* m_context = nullptr; // hiredis frees it when it ends
    // Of the context's socket; there while it is. The adapter that comes with hiredis 0.14 cannot be deleted:
    // it writes into the context that is gone.
    QSocketNotifier* m_readable = nullptr;
    QSocketNotifier* m_writable = nullptr;
    bool m_connected = false;
    Backoff m_backoff;
    QTimer m_timer; // until the next attempt, or for the one that runs
};

} // namespace tandem
