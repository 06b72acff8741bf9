// A document on a real server, which three people have written: the pictures of its history and of sharing.
// Owned by main(); shows itself in the window of the WindowScene.
#pragma once

#include "window_scene.h"

#include "hosting/hosted_server.h"

namespace tandem::screenshots {

class ServedScene {
public:
    explicit ServedScene(WindowScene& scene);
    ~ServedScene();

    // False: the server does not do what it should.
    bool draw(const QString& suffix);

private:
    bool write();
    bool makeLinks();
    bool drawHistory(const QString& suffix);
    bool drawSharing(const QString& suffix);

    WindowScene& m_scene;
    QTemporaryDir m_folder;
    HostedServer m_server{m_folder.path()};
    DocumentUrl m_url;
};

} // namespace tandem::screenshots
