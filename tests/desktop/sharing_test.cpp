// Giving a document out, with a real server: links made, shown, changed and revoked; and what is said when
// that cannot be.
#include "cut_widgets.h"
#include "integration/http_client.h"
#include "integration/server_process.h"
#include "people/person_dialog.h"
#include "settings/language.h"
#include "sharing/expiry_choice.h"
#include "sharing/invitation_dialog.h"
#include "sharing/qr_code.h"
#include "sharing/share_dialog.h"

#include <QComboBox>
#include <QJsonArray>
#include <QLabel>
#include <QLineEdit>
#include <QMessageBox>
#include <QPushButton>
#include <QTest>

#include <gtest/gtest.h>

namespace tandem {

namespace {

class SharingTest : public testing::Test {
protected:
    explicit SharingTest(const QStringList& arguments = {"--access", "links"}) : server(arguments) {}

    void SetUp() override {
        ASSERT_TRUE(server.start()) << server.output().toStdString();
        const QJsonObject made =
            HttpClient(server.url()).post("/v1/docs", QJsonObject{{"title", "Plan"}}).json();
        url = {server.url(), made["id"].toString(), made["link"].toObject()["secret"].toString()};
        ASSERT_FALSE(url.id.isEmpty());
    }

    void show(const DocumentUrl& document) {
        dialog.reset();
        links.setDocument(document);
        dialog = std::make_unique<ShareDialog>(links, "Plan");
        dialog->show();
    }
    void showToOwner() {
        show(url);
        ASSERT_TRUE(QTest::qWaitFor([this] { return links.links().size() == 1; }));
    }

    QPushButton* button(const QString& text) {
        for (QPushButton* each : dialog->findChildren<QPushButton*>())
            if (each->text().remove('&') == text && each->isVisible())
                return each;
        return nullptr;
    }
    QString shownAddress() {
        for (const QLineEdit* each : dialog->findChildren<QLineEdit*>())
            if (each->isReadOnly())
                return each->text();
        return {};
    }
    bool says(const QString& words) {
        return QTest::qWaitFor([&] {
            for (const QLabel* label : dialog->findChildren<QLabel*>())
                if (label->isVisible() && label->text().contains(words))
                    return true;
            return false;
        });
    }
    int statusWith(const QString& token) {
        return HttpClient(server.url())
            .get("/v1/docs/" + url.id.toUtf8(), {{"Authorization", "Bearer " + token.toUtf8()}})
            .status;
    }
    void makeLink(const QString& role, const QString& label) {
        for (QComboBox* each : dialog->findChildren<QComboBox*>()) {
            if (each->findData(role) >= 0 && each->isVisible() && each->window() == dialog.get()) {
                each->setCurrentIndex(each->findData(role));
                break;
            }
        }
        for (QLineEdit* each : dialog->findChildren<QLineEdit*>())
            if (each->placeholderText().startsWith("For whom"))
                each->setText(label);
        const auto before = links.links().size();
        QTest::mouseClick(button("Make Link"), Qt::LeftButton);
        ASSERT_TRUE(QTest::qWaitFor([&] { return links.links().size() == before + 1; }));
    }

    ServerProcess server;
    DocumentUrl url;
    ShareLinks links;
    std::unique_ptr<ShareDialog> dialog;
};

class SharingOnAnOpenServerTest : public SharingTest {
protected:
    SharingOnAnOpenServerTest() : SharingTest(QStringList{}) {}
};

} // namespace

TEST_F(SharingTest, AnOwnerMakesALinkThatOpensTheDocumentWithItsRole) {
    showToOwner();
    makeLink("viewer", "Ben");
    const auto made = DocumentUrl::parse(shownAddress());
    ASSERT_TRUE(made) << shownAddress().toStdString();
    EXPECT_NE(made->token, url.token);
    EXPECT_EQ(statusWith(made->token), 200);
    EXPECT_EQ(links.links().last().role, "viewer");
    EXPECT_EQ(links.links().last().label, "Ben");
    EXPECT_FALSE(links.links().last().expires.isValid());
    EXPECT_TRUE(says("Ben: Reads"));
}

TEST_F(SharingTest, AScreenReaderIsToldWhichLinkAButtonIsAbout) {
    showToOwner();
    makeLink("viewer", "Ben");
    ASSERT_TRUE(QTest::qWaitFor([this] { return button("Show") != nullptr; }));
    int about = 0;
    for (const QPushButton* each : dialog->findChildren<QPushButton*>())
        if (each->isVisible() && (each->text() == "Show" || each->text() == "Revoke…"))
            about += each->accessibleDescription() == "Ben" ? 1 : 0;
    EXPECT_EQ(about, 2);
}

TEST_F(SharingTest, TheSecretOfALinkFromBeforeIsNotShownAndTheReasonIs) {
    showToOwner();
    ASSERT_TRUE(QTest::qWaitFor([this] { return button("Show") != nullptr; }));
    QPushButton* show = button("Show");
    EXPECT_FALSE(show->isEnabled());
    EXPECT_TRUE(show->toolTip().contains("Make a new link"));
}

TEST_F(SharingTest, ALinkMadeHereIsShownAgainWhenTheDialogIsOpenedAnew) {
    showToOwner();
    makeLink("editor", "Ana");
    const QString made = shownAddress();
    show(url);
    EXPECT_EQ(shownAddress(), url.link().toString());
    ASSERT_TRUE(QTest::qWaitFor([this] {
        for (QPushButton* each : dialog->findChildren<QPushButton*>())
            if (each->text() == "Show" && each->isEnabled() && each->isVisible())
                return QTest::mouseClick(each, Qt::LeftButton), true;
        return false;
    }));
    EXPECT_EQ(shownAddress(), made);
}

TEST_F(SharingTest, ARoleAndAnExpiryAreChangedOnTheServer) {
    showToOwner();
    makeLink("editor", "Ana");
    const qint64 number = links.links().last().number;
    links.setRole(number, "viewer");
    ASSERT_TRUE(QTest::qWaitFor([this] { return links.links().last().role == "viewer"; }));
    const QDateTime soon = QDateTime::currentDateTimeUtc().addDays(7);
    links.setExpiry(number, soon);
    ASSERT_TRUE(QTest::qWaitFor([this] { return links.links().last().expires.isValid(); }));
    links.refresh();
    ASSERT_TRUE(QTest::qWaitFor([&] { return links.links().last().expires == soon; }));
    links.setExpiry(number, {});
    EXPECT_TRUE(QTest::qWaitFor([this] { return !links.links().last().expires.isValid(); }));
}

TEST_F(SharingTest, ARevokedLinkOpensNothingAnyMore) {
    showToOwner();
    makeLink("editor", "Ana");
    const QString token = DocumentUrl::parse(shownAddress())->token;
    ASSERT_EQ(statusWith(token), 200);
    QList<QPushButton*> revokes;
    for (QPushButton* each : dialog->findChildren<QPushButton*>())
        if (each->text() == "Revoke…" && each->isVisible())
            revokes.append(each);
    ASSERT_EQ(revokes.size(), 2);
    QTest::mouseClick(revokes.last(), Qt::LeftButton);
    auto* question = dialog->findChild<QMessageBox*>();
    ASSERT_TRUE(question);
    for (QAbstractButton* each : question->buttons())
        if (question->buttonRole(each) == QMessageBox::DestructiveRole)
            QTest::mouseClick(each, Qt::LeftButton);
    ASSERT_TRUE(QTest::qWaitFor([this] { return links.links().size() == 1; }));
    EXPECT_EQ(statusWith(token), 403);
    EXPECT_EQ(shownAddress(), url.link().toString());
}

TEST_F(SharingTest, TheLastOwnersLinkIsKeptAndTheServersReasonIsTold) {
    showToOwner();
    links.revoke(links.links().first().number);
    EXPECT_TRUE(says("refused:"));
    EXPECT_EQ(links.links().size(), 1);
}

TEST_F(SharingTest, AnEditorSeesWhyLinksAreNotForThemAndMayPassOnTheirOwn) {
    showToOwner();
    makeLink("editor", "Ana");
    DocumentUrl editor = url;
    editor.token = DocumentUrl::parse(shownAddress())->token;
    show(editor);
    EXPECT_TRUE(says("Only an owner can make, change and revoke links"));
    ASSERT_TRUE(button("Make Link"));
    EXPECT_FALSE(button("Make Link")->isEnabled());
    EXPECT_EQ(shownAddress(), editor.link().toString());
}

TEST_F(SharingTest, WithoutTheServerItSaysSoAndKeepsWhatWasEntered) {
    showToOwner();
    server.kill();
    for (QLineEdit* each : dialog->findChildren<QLineEdit*>())
        if (each->placeholderText().startsWith("For whom"))
            each->setText("Ana");
    QTest::mouseClick(button("Make Link"), Qt::LeftButton);
    ASSERT_TRUE(says("Nothing answers at"));
    for (const QLineEdit* each : dialog->findChildren<QLineEdit*>()) {
        if (each->placeholderText().startsWith("For whom")) {
            EXPECT_EQ(each->text(), "Ana");
        }
    }
    ASSERT_TRUE(server.start());
    QTest::mouseClick(button("Make Link"), Qt::LeftButton);
    EXPECT_TRUE(QTest::qWaitFor([this] { return links.links().size() == 2; }));
    EXPECT_EQ(links.links().last().label, "Ana");
}

// Also at 200 %, where ctest runs it once more.
TEST_F(SharingTest, NothingIsCutInAnyLanguageWhateverIsSaid) {
    const QString sentence = QStringLiteral("Nothing answers at http://127.0.0.1:8000. ");
    for (const QLocale::Language spoken : {QLocale::English, QLocale::German}) {
        const Language language{QLocale(spoken)};
        showToOwner();
        ASSERT_TRUE(QTest::qWaitForWindowExposed(dialog.get()));
        emit links.created(links.links().first().number);
        for (const int sentences : {0, 1, 2, 3, 5}) {
            emit links.failed(sentence.repeated(sentences).trimmed());
            EXPECT_TRUE(QTest::qWaitFor([this] { return cutWidgets(*dialog).empty(); }))
                << sentences << cutWidgets(*dialog);
            dialog->resize(dialog->minimumSize());
            EXPECT_TRUE(QTest::qWaitFor([this] { return cutWidgets(*dialog).empty(); }))
                << sentences << ", as small as it gets: " << cutWidgets(*dialog);
        }
    }
}

TEST(SharingDialogsTest, SoItIsInTheOtherDialogs) {
    const QString sentence = QStringLiteral("Everyone on this network who has the link may write in it. ");
    const DocumentUrl url{QUrl("http://192.168.178.123:8000"), "abcdefghijklmnopqrstuv", QString(32, 'm')};
    for (const QLocale::Language spoken : {QLocale::English, QLocale::German}) {
        const Language language{QLocale(spoken)};
        for (const int sentences : {1, 4}) {
            InvitationDialog invitation(url.link(), sentence.repeated(sentences).trimmed(), nullptr);
            invitation.show();
            ASSERT_TRUE(QTest::qWaitForWindowExposed(&invitation));
            EXPECT_EQ(cutWidgets(invitation), "");
            PersonDialog person({"Ana", 1}, nullptr);
            person.show();
            ASSERT_TRUE(QTest::qWaitForWindowExposed(&person));
            EXPECT_EQ(cutWidgets(person), "");
        }
    }
}

TEST_F(SharingOnAnOpenServerTest, ItSaysThatEverybodyMayEditAndOffersThePlainLink) {
    url.token.clear();
    show(url);
    EXPECT_TRUE(says("This server is open"));
    EXPECT_EQ(shownAddress(), url.link().toString());
    EXPECT_FALSE(button("Make Link"));
}

TEST(QrCodeTest, ACodeHasTheThreeCornersAndHoldsWholePixelsOnly) {
    const QImage modules = qrModules("http://127.0.0.1:8000/ui/plain?doc=abcdefghijklmnopqrstuv#token=x");
    ASSERT_FALSE(modules.isNull());
    const int last = modules.width() - 1;
    for (const QPoint corner : {QPoint(0, 0), QPoint(last, 0), QPoint(0, last)})
        EXPECT_EQ(modules.pixel(corner), qRgb(0, 0, 0));
    EXPECT_EQ((modules.width() - 17) % 4, 0) << "a size that codes have";

    QrCode code;
    code.setText("http://127.0.0.1:8000/ui/plain?doc=abcdefghijklmnopqrstuv#token=x");
    for (const int side : {150, 168, 333}) {
        code.resize(side, side);
        const QImage shown = code.grab().toImage();
        // Along the middle row nothing lies between black and white, but at the round corners.
        for (int x = 0; x < side; ++x) {
            const int gray = qGray(shown.pixel(x, side / 2));
            EXPECT_TRUE(gray == 0 || gray == 255) << side << " at " << x << ": " << gray;
        }
    }
}

TEST(QrCodeTest, WhatIsTooLongForACodeGivesNone) {
    EXPECT_TRUE(qrModules(QString(4'000, 'x')).isNull());
}

TEST(ExpiryChoiceTest, ItGivesTheTimeThatItSays) {
    ExpiryChoice choice;
    auto* box = choice.findChild<QComboBox*>();
    EXPECT_FALSE(choice.expires().isValid());
    const QDateTime now = QDateTime::currentDateTimeUtc();
    box->setCurrentIndex(1);
    EXPECT_GE(choice.expires(), now.addDays(1));
    EXPECT_LT(choice.expires(), now.addDays(2));
    box->setCurrentIndex(2);
    EXPECT_GE(choice.expires(), now.addDays(7));
    box->setCurrentIndex(3);
    choice.findChild<QDateEdit*>()->setDate(QDate(2030, 2, 28));
    EXPECT_EQ(choice.expires().toLocalTime(), QDateTime(QDate(2030, 3, 1), QTime(0, 0)));
    const QDateTime present(QDate(2031, 5, 6), QTime(7, 8), Qt::UTC);
    choice.showPresent(present);
    EXPECT_EQ(choice.expires(), present);
    choice.showPresent({});
    EXPECT_FALSE(choice.expires().isValid());
}

} // namespace tandem
