// Light, dark and motion as the person sets them in the desktop, through what stands for its portal.
#include "editor/editor_view.h"
#include "editor/peer_cursors.h"
#include "editor/tools/editor_tools.h"
#include "settings/preferences.h"
#include "theme/theme.h"

#include "fake_portal.h"
#include "integration/waiting.h"

#include <QApplication>
#include <QTemporaryDir>

#include <gtest/gtest.h>

namespace tandem::theme {

namespace {

constexpr const char* appearance = "org.freedesktop.appearance";
constexpr const char* colorScheme = "color-scheme";
constexpr const char* anything = "0";
constexpr const char* dark = "1";
constexpr const char* light = "2";

class DesktopSettingsTest : public testing::Test {
protected:
    void SetUp() override {
        QApplication::setPalette(paletteOf(Scheme::light));
        look = std::make_unique<Theme>(*qApp);
        look->choose(Choice::system);
    }

    static Scheme shown() { return schemeOf(QApplication::palette()); }
    static bool becomes(Scheme scheme) {
        return waitUntil([scheme] { return shown() == scheme; });
    }

    std::unique_ptr<Theme> look;
    FakePortal portal;
};

} // namespace

TEST_F(DesktopSettingsTest, LightAndDarkAreThoseOfTheDesktopAndFollowedAsTheyChange) {
    portal.set(appearance, colorScheme, dark);
    portal.serve();
    ASSERT_EQ(shown(), Scheme::light);
    look->followDesktop();
    EXPECT_TRUE(becomes(Scheme::dark)) << "as it is at the start";
    portal.set(appearance, colorScheme, light);
    EXPECT_TRUE(becomes(Scheme::light));
    portal.set(appearance, colorScheme, dark);
    EXPECT_TRUE(becomes(Scheme::dark));
    portal.set(appearance, colorScheme, anything);
    EXPECT_TRUE(becomes(Scheme::light)) << "as the palette was at the start";
}

TEST_F(DesktopSettingsTest, WhoHasChosenHereIsNotAskedByTheDesktop) {
    portal.set(appearance, colorScheme, light);
    portal.serve();
    look->followDesktop();
    look->choose(Choice::dark);
    portal.set(appearance, colorScheme, light);
    spin(200);
    EXPECT_EQ(shown(), Scheme::dark);
    look->choose(Choice::light);
    portal.set(appearance, colorScheme, dark);
    spin(200);
    EXPECT_EQ(shown(), Scheme::light);
    look->choose(Choice::system);
    EXPECT_EQ(shown(), Scheme::dark) << "what was told meanwhile counts";
}

TEST_F(DesktopSettingsTest, APortalThatComesLaterOrAgainIsAsked) {
    look->followDesktop();
    spin(50);
    EXPECT_EQ(shown(), Scheme::light);
    {
        FakePortal first;
        first.set(appearance, colorScheme, dark);
        first.serve();
        EXPECT_TRUE(becomes(Scheme::dark));
    }
    spin(50);
    EXPECT_EQ(shown(), Scheme::dark) << "that it ends says nothing";
    portal.serve();
    EXPECT_TRUE(becomes(Scheme::light)) << "what the next one does not know is no preference";
}

TEST_F(DesktopSettingsTest, APortalThatSaysNothingHoldsNobodyUp) {
    portal.set(appearance, colorScheme, dark);
    portal.serve();
    portal.stand();
    look->followDesktop(); // would get no answer if it waited for it
    spin(50);
    EXPECT_EQ(shown(), Scheme::light);
    portal.goOn();
    EXPECT_TRUE(becomes(Scheme::dark));
}

TEST_F(DesktopSettingsTest, WhereverADesktopSaysSoNothingMoves) {
    portal.serve();
    look->followDesktop();
    EXPECT_TRUE(motionIsWanted());
    constexpr const char* places[][4] = {
        {appearance, "reduced-motion", "1", "0"},
        {"org.gnome.desktop.interface", "enable-animations", "false", "true"},
        {"org.kde.kdeglobals.KDE", "AnimationDurationFactor", "0", "1"}};
    for (const auto& [space, key, off, on] : places) {
        portal.set(space, key, off);
        EXPECT_TRUE(waitUntil([] { return !motionIsWanted(); })) << space;
        portal.set(space, key, on);
        EXPECT_TRUE(waitUntil([] { return motionIsWanted(); })) << space;
    }
}

TEST_F(DesktopSettingsTest, AnOpenDocumentFollowsIt) {
    SystemRandom random;
    SystemClock clock;
    OpenDocument document(random);
    EditorView view(document, clock);
    const QTemporaryDir folder;
    Preferences preferences(folder.filePath("settings.ini"));
    const EditorTools tools(view, document, clock, preferences, "notes", nullptr);
    view.show();
    EXPECT_TRUE(view.peerCursors().fades());
    portal.serve();
    look->followDesktop();
    portal.set("org.gnome.desktop.interface", "enable-animations", "false");
    EXPECT_TRUE(waitUntil([&] { return !view.peerCursors().fades(); }));
    portal.set("org.gnome.desktop.interface", "enable-animations", "true");
    EXPECT_TRUE(waitUntil([&] { return view.peerCursors().fades(); }));
}

} // namespace tandem::theme
