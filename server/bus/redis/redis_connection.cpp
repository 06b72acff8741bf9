#include "bus/redis/redis_connection.h"

#include <QHostAddress>
#include <QHostInfo>

#include <hiredis/async.h>

namespace tandem {

namespace {
constexpr int attemptMs = 5'000;
constexpr std::int64_t firstDelayMs = 100;
constexpr std::int64_t longestDelayMs = 2'000;
} // namespace

RedisConnection::RedisConnection(RedisAddress address, Random& random, OnReply onReply)
    : m_address(std::move(address))
    , m_random(random)
    , m_onReply(std::move(onReply))
    , m_backoff(firstDelayMs / 2, firstDelayMs, longestDelayMs) {
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, [this] {
        if (m_context)
            drop(QStringLiteral("it does not answer"));
        else
            lookUp();
    });
    m_timer.start(0);
}

RedisConnection::~RedisConnection() {
    if (redisAsyncContext* context = std::exchange(m_context, nullptr)) {
        context->data = nullptr;
        redisAsyncFree(context);
    }
}

// hiredis would wait for the name server.
void RedisConnection::lookUp() {
    QHostInfo::lookupHost(QString::fromStdString(m_address.host), this, [this](const QHostInfo& found) {
        if (found.addresses().isEmpty())
            tryAgain(found.errorString());
        else
            connectTo(found.addresses().constFirst().toString());
    });
}

void RedisConnection::connectTo(const QString& address) {
    m_context = redisAsyncConnect(address.toStdString().c_str(), m_address.port);
    if (!m_context)
        return tryAgain(QStringLiteral("no memory"));
    if (m_context->err != 0) {
        const QString why = QString::fromUtf8(m_context->errstr);
        redisAsyncFree(std::exchange(m_context, nullptr));
        return tryAgain(why);
    }
    m_context->data = this;
    watch();
    redisAsyncSetConnectCallback(m_context, &RedisConnection::onConnect);
    redisAsyncSetDisconnectCallback(m_context, &RedisConnection::onDisconnect);
    m_timer.start(attemptMs);
}

void RedisConnection::watch() {
    m_readable = new QSocketNotifier(m_context->c.fd, QSocketNotifier::Read, this);
    m_writable = new QSocketNotifier(m_context->c.fd, QSocketNotifier::Write, this);
    m_readable->setEnabled(false);
    m_writable->setEnabled(false);
    connect(m_readable, &QSocketNotifier::activated, this, [this] {
        if (m_context)
            redisAsyncHandleRead(m_context);
    });
    connect(m_writable, &QSocketNotifier::activated, this, [this] {
        if (m_context)
            redisAsyncHandleWrite(m_context);
    });
    m_context->ev.data = this;
    m_context->ev.addRead = [](void* self) {
        static_cast<RedisConnection*>(self)->m_readable->setEnabled(true);
    };
    m_context->ev.delRead = [](void* self) {
        static_cast<RedisConnection*>(self)->m_readable->setEnabled(false);
    };
    m_context->ev.addWrite = [](void* self) {
        static_cast<RedisConnection*>(self)->m_writable->setEnabled(true);
    };
    m_context->ev.delWrite = [](void* self) {
        static_cast<RedisConnection*>(self)->m_writable->setEnabled(false);
    };
    m_context->ev.cleanup = [](void* self) { static_cast<RedisConnection*>(self)->unwatch(); };
}

void RedisConnection::unwatch() {
    for (QSocketNotifier** notifier : {&m_readable, &m_writable}) {
        if (!*notifier)
            continue;
        (*notifier)->setEnabled(false);
        (*notifier)->deleteLater(); // it may be the one that is calling
        *notifier = nullptr;
    }
}

void RedisConnection::onConnect(const redisAsyncContext* context, int status) {
    auto* self = static_cast<RedisConnection*>(context->data);
    if (!self)
        return;
    if (status == REDIS_OK)
        return self->introduce();
    // hiredis frees the context behind this call.
    self->m_context = nullptr;
    self->tryAgain(QString::fromUtf8(context->errstr));
}

void RedisConnection::introduce() {
    if (!m_address.password.empty()) {
        if (m_address.user.empty())
            send({"AUTH", m_address.password});
        else
            send({"AUTH", m_address.user, m_address.password});
    }
    // It is known to work once this is answered.
    send({"PING"});
}

void RedisConnection::onDisconnect(const redisAsyncContext* context, int) {
    auto* self = static_cast<RedisConnection*>(context->data);
    if (!self)
        return;
    self->m_context = nullptr;
    self->tryAgain(QString::fromUtf8(context->errstr));
}

void RedisConnection::send(const std::vector<std::string_view>& words) {
    std::vector<const char*> begins;
    std::vector<std::size_t> sizes;
    for (const std::string_view word : words) {
        begins.push_back(word.data());
        sizes.push_back(word.size());
    }
    redisAsyncCommandArgv(m_context, &RedisConnection::onAnswer, this, static_cast<int>(words.size()),
                          begins.data(), sizes.data());
}

void RedisConnection::onAnswer(redisAsyncContext*, void* reply, void* self) {
    auto* connection = static_cast<RedisConnection*>(self);
    // None when the connection ends.
    if (reply && connection->m_context)
        connection->answered(*static_cast<redisReply*>(reply));
}

void RedisConnection::answered(const redisReply& reply) {
    if (reply.type == REDIS_REPLY_ERROR)
        return drop(QString::fromUtf8(reply.str, static_cast<qsizetype>(reply.len)));
    if (m_connected)
        return m_onReply(reply);
    if (reply.type != REDIS_REPLY_STATUS || std::string_view(reply.str, reply.len) != "PONG")
        return; // of AUTH
    m_timer.stop();
    m_backoff.reset();
    m_connected = true;
    emit connected();
}

void RedisConnection::drop(const QString& why) {
    redisAsyncContext* context = std::exchange(m_context, nullptr);
    if (!context)
        return;
    context->data = nullptr;
    redisAsyncFree(context);
    tryAgain(why);
}

void RedisConnection::tryAgain(const QString& why) {
    m_connected = false;
    m_timer.start(static_cast<int>(m_backoff.nextDelayMs(m_random)));
    emit lost(why);
}

} // namespace tandem
