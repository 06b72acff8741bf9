#include "settings/preferences.h"

#include "offline/document_place.h"
#include "protocol/limits.h"

#include <QRandomGenerator>

namespace tandem {

namespace {
const QString nameKey = QStringLiteral("person/name");
const QString colorKey = QStringLiteral("person/color");
const QString serversKey = QStringLiteral("servers");
const QString themeKey = QStringLiteral("view/theme");
const QString textSizeKey = QStringLiteral("view/textSize");
const QString geometryKey = QStringLiteral("window/geometry");
const QString sidePanelKey = QStringLiteral("view/sidePanel");
const QString tabsKey = QStringLiteral("window/tabs");
const QString currentTabKey = QStringLiteral("window/currentTab");

QString loginName() {
    for (const char* variable : {"USER", "LOGNAME", "USERNAME"}) {
        const QString name = qEnvironmentVariable(variable).trimmed();
        if (!name.isEmpty())
            return name;
    }
    return QStringLiteral("me");
}
} // namespace

Preferences::Preferences() {
    chooseColor();
}

Preferences::Preferences(const QString& file) : m_settings(file, QSettings::IniFormat) {
    chooseColor();
}

void Preferences::chooseColor() {
    if (!m_settings.contains(colorKey))
        m_settings.setValue(colorKey, QRandomGenerator::global()->bounded(limits::colors));
}

ClientSession::Person Preferences::person() const {
    const QString name =
        m_nameForNow.isEmpty() ? m_settings.value(nameKey).toString().trimmed() : m_nameForNow;
    return {(name.isEmpty() ? loginName() : name).toStdString(), m_settings.value(colorKey).toInt()};
}

void Preferences::setPerson(const ClientSession::Person& person) {
    m_nameForNow.clear();
    m_settings.setValue(nameKey, QString::fromStdString(person.name));
    m_settings.setValue(colorKey, person.color);
    emit personChanged();
}

QList<QUrl> Preferences::servers() const {
    QList<QUrl> servers;
    for (const QString& address :
         m_settings.value(serversKey, QStringList{QStringLiteral("http://127.0.0.1:8000")}).toStringList())
        servers.append(QUrl(address));
    return servers;
}

void Preferences::addServer(const QUrl& server) {
    QList<QUrl> servers = this->servers();
    if (servers.contains(server))
        return;
    servers.append(server);
    writeServers(servers);
}

void Preferences::removeServer(const QUrl& server) {
    QList<QUrl> servers = this->servers();
    if (servers.removeAll(server) > 0)
        writeServers(servers);
}

void Preferences::writeServers(const QList<QUrl>& servers) {
    QStringList addresses;
    for (const QUrl& server : servers)
        addresses.append(server.toString());
    m_settings.setValue(serversKey, addresses);
    emit serversChanged();
}

theme::Choice Preferences::theme() const {
    const QString word = m_settings.value(themeKey).toString();
    return word == QLatin1String("light")  ? theme::Choice::light
           : word == QLatin1String("dark") ? theme::Choice::dark
                                           : theme::Choice::system;
}

void Preferences::setTheme(theme::Choice choice) {
    m_settings.setValue(themeKey, choice == theme::Choice::light  ? QStringLiteral("light")
                                  : choice == theme::Choice::dark ? QStringLiteral("dark")
                                                                  : QStringLiteral("system"));
    emit themeChanged(choice);
}

std::optional<qreal> Preferences::textSize() const {
    if (!m_settings.contains(textSizeKey))
        return std::nullopt;
    return m_settings.value(textSizeKey).toReal();
}

void Preferences::setTextSize(qreal points) {
    if (textSize() == points)
        return;
    m_settings.setValue(textSizeKey, points);
    emit textSizeChanged(points);
}

QString Preferences::sidePanel() const {
    return m_settings.value(sidePanelKey, QStringLiteral("people")).toString();
}

void Preferences::setSidePanel(const QString& name) {
    m_settings.setValue(sidePanelKey, name);
}

QVariant Preferences::editorValue(const QString& name, const QVariant& otherwise) const {
    return m_settings.value(QStringLiteral("editor/") + name, otherwise);
}

void Preferences::setEditorValue(const QString& name, const QVariant& value) {
    if (editorValue(name) == value)
        return;
    m_settings.setValue(QStringLiteral("editor/") + name, value);
    emit editorValueChanged(name);
}

QByteArray Preferences::windowGeometry() const {
    return m_settings.value(geometryKey).toByteArray();
}

Preferences::OpenTabs Preferences::openTabs() const {
    OpenTabs tabs;
    for (const QString& address : m_settings.value(tabsKey).toStringList())
        if (const std::optional<DocumentUrl> url = documentOfStoreLink(address))
            tabs.documents.append({url->server, url->id});
    tabs.current = m_settings.value(currentTabKey, -1).toInt();
    return tabs;
}

void Preferences::setOpenTabs(const OpenTabs& tabs) {
    QStringList addresses;
    for (const DocumentUrl& document : tabs.documents)
        addresses.append(storeLinkOf({document.server.adjusted(QUrl::RemoveUserInfo), document.id}));
    m_settings.setValue(tabsKey, addresses);
    m_settings.setValue(currentTabKey, tabs.current);
}

void Preferences::setWindowGeometry(const QByteArray& geometry) {
    m_settings.setValue(geometryKey, geometry);
}

} // namespace tandem
