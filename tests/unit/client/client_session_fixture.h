// A session against a scripted server, on a clock that the test moves.
#pragma once

#include "client/client_session.h"
#include "protocol/codec.h"
#include "protocol/limits.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace tandem {

class ManualClock final : public Clock {
public:
    std::int64_t monotonicMs() const override { return nowMs; }
    std::int64_t wallMs() const override { return nowMs; }
    std::int64_t nowMs = 1'000'000;
};

class ScriptedTransport final : public Transport {
public:
    void open() override { ++opened; }
    void send(std::string_view frame) override {
        auto message = codec::decodeFromOperationsClient(frame);
        ASSERT_TRUE(message.ok()) << message.error().detail;
        sent.push_back(std::move(*message));
    }
    void close() override { ++closed; }

    int opened = 0;
    int closed = 0;
    std::vector<message::FromOperationsClient> sent;
};

class ClientSessionTest : public testing::Test {
protected:
    void connect() {
        m_session.start();
        m_session.connectionOpened();
    }
    void welcome(Seq version = 0) {
        message::Welcome welcome;
        welcome.session = "s";
        welcome.role = "editor";
        welcome.epoch = "epoch";
        welcome.version = version;
        receive(welcome);
    }
    void joinEmptyDocument() {
        connect();
        welcome();
        receive(message::Snapshot{0, 0, 1, Replica().encode()});
        m_transport.sent.clear();
    }
    void receive(message::ToOperationsClient message) { m_session.received(codec::encode(message)); }
    void type(std::u32string_view text) {
        ASSERT_TRUE(m_document.edit(m_document.replica().length(), 0, text).ok());
        m_session.tick();
    }
    template <typename T>
    std::vector<T> sent() const {
        std::vector<T> found;
        for (const auto& message : m_transport.sent) {
            if (const auto* one = std::get_if<T>(&message))
                found.push_back(*one);
        }
        return found;
    }
    ReplicaId self() const { return m_document.author()->replica; }

    ManualClock m_clock;
    SeededRandom m_random{7};
    OpenDocument m_document{m_random};
    ScriptedTransport m_transport;
    ClientSession m_session{m_document, m_transport, m_clock, m_random, {"Ana", 3}, "test"};
};

} // namespace tandem
