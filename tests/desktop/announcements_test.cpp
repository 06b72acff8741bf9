// What screen readers are told while nobody has gone there: who comes and leaves, the connection, the role.
#include "access/voice.h"
#include "documents/document_page.h"
#include "documents/publish_dialog.h"
#include "editor/access/edit_announcer.h"
#include "editor/editor_view.h"
#include "offline/local_store.h"
#include "people/arrivals.h"
#include "people/following.h"
#include "sharing/share_dialog.h"
#include "test_settings.h"

#include <QAccessible>
#include <QDialogButtonBox>
#include <QPushButton>

#include <gtest/gtest.h>

namespace tandem {

namespace {

// What has been said since the last time. Without a screen no one is told of Qt's events, so it asks as a
// screen reader would: for the name of what alerts.
std::string heardIn(QWidget& window) {
    QStringList sentences;
    for (Voice* voice : window.findChildren<Voice*>()) {
        const QAccessibleInterface* alert = QAccessible::queryAccessibleInterface(voice);
        EXPECT_EQ(alert->role(), QAccessible::AlertMessage);
        EXPECT_FALSE(alert->state().invisible);
        if (const QString sentence = alert->text(QAccessible::Name); !sentence.isEmpty())
            sentences.append(sentence);
        voice->setAccessibleName({});
    }
    return sentences.join(u'|').toStdString();
}

class AnnouncementsTest : public testing::Test, protected TestSettings {
protected:
    void SetUp() override {
        page.show();
        page.showStatus({.state = ClientSession::State::live});
        EXPECT_EQ(heard(), "") << "that it opens is no news";
    }

    void come(const std::string& session, const std::string& name) {
        page.document().mutablePeers().put({session, name, 1, std::nullopt, false});
        page.showPeople();
    }
    void leave(const std::string& session) {
        page.document().mutablePeers().remove(session);
        page.showPeople();
    }
    std::string heard() { return heardIn(page); }
    // What is gathered for a moment.
    void listen() { page.arrivals().tell(); }

    DocumentPage page{{QUrl("http://127.0.0.1:9"), "abcdefghijklmnopqrstuv"}, preferences};
};

} // namespace

TEST_F(AnnouncementsTest, WhoComesAndLeavesIsToldInOneSentence) {
    come("a", "Ana");
    listen();
    EXPECT_EQ(heard(), "Ana is here.");
    come("b", "Ben");
    come("c", "Cy");
    leave("a");
    listen();
    const QString both = QLocale().createSeparatedList({"Ben", "Cy"}); // with an "and" where it is spoken
    EXPECT_EQ(heard(), (both + " are here. Ana has left.").toStdString());
    for (int i = 0; i < 20; ++i)
        come("more" + std::to_string(i), "Person " + std::to_string(i + 10));
    listen();
    EXPECT_EQ(heard(), "Person 10, Person 11, Person 12 and 17 others are here.");
    come("b", "Ben");
    listen();
    EXPECT_EQ(heard(), "") << "they have been here all the time";
}

TEST_F(AnnouncementsTest, WhoIsNotSeenWithoutAConnectionHasNotLeft) {
    come("a", "Ana");
    come("b", "Ben");
    listen();
    heard();
    page.showStatus({.state = ClientSession::State::offline});
    page.document().mutablePeers().reset({});
    page.showPeople();
    heard();
    listen();
    EXPECT_EQ(heard(), "");
    page.showStatus({.state = ClientSession::State::live});
    come("later", "Ana"); // another session of hers
    heard();
    listen();
    EXPECT_EQ(heard(), "Ben has left.");
}

TEST_F(AnnouncementsTest, ALostConnectionIsToldOnceAndThatItIsBack) {
    page.showStatus({.state = ClientSession::State::offline, .unsaved = 2, .retryInMs = 4'000});
    EXPECT_EQ(heard(), "Offline, 2 edits kept on this computer · Reconnecting in 4 s");
    page.showStatus({.state = ClientSession::State::offline, .unsaved = 3, .retryInMs = 3'000});
    page.showStatus({.state = ClientSession::State::connecting});
    page.showStatus({.state = ClientSession::State::offline, .retryInMs = 8'000});
    page.showStatus({.state = ClientSession::State::live, .unsaved = 3});
    EXPECT_EQ(heard(), "") << "not each second and each attempt";
    page.showStatus({.state = ClientSession::State::live});
    EXPECT_EQ(heard(), "Saved");
    page.showStatus({.state = ClientSession::State::live, .unsaved = 1});
    page.showStatus({.state = ClientSession::State::live});
    EXPECT_EQ(heard(), "") << "that it is saved while one types is no news";
    page.showStatus({.state = ClientSession::State::stopped, .problem = "The server does not let you in."});
    EXPECT_EQ(heard(), "Disconnected. The server does not let you in.");
}

TEST_F(AnnouncementsTest, ARoleThatChangesIsTold) {
    page.showStatus({.state = ClientSession::State::live, .mayEdit = false});
    EXPECT_EQ(heard(), "With this link you may only read.");
    page.showStatus({.state = ClientSession::State::live});
    EXPECT_EQ(heard(), "You may edit this document now.");
}

TEST_F(AnnouncementsTest, WhoIsFollowedIsTold) {
    come("a", "Ana");
    page.following().toggle("a");
    EXPECT_EQ(heard(), "Following Ana · Esc");
    page.following().stop();
    EXPECT_EQ(heard(), "Nobody is followed any more.");
}

TEST_F(AnnouncementsTest, WhatGoesWrongInADialogIsTold) {
    ShareLinks links;
    ShareDialog share(links, "Notes");
    share.show();
    emit links.failed("Nothing answers there.");
    EXPECT_EQ(heardIn(share), "Nothing answers there.");
    LocalStore store(folder.filePath("data"));
    Library library(preferences, secrets, &store);
    PublishDialog publish({"", "abcdefghijklmnopqrstuv", "secret"}, library, nullptr);
    publish.show();
    for (QPushButton* button : publish.findChildren<QPushButton*>())
        if (button->text() == "&Publish")
            button->click();
    EXPECT_NE(heardIn(publish), "");
}

} // namespace tandem
