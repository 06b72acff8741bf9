// Asks for the title of a document in a small dialog that does not block.
#pragma once

#include <QString>

#include <functional>

class QWidget;

namespace tandem {

// `use` gets a title that a server takes, if one was given.
void askForTitle(QWidget* parent, const QString& heading, const QString& label, const QString& title,
                 std::function<void(const QString&)> use);

} // namespace tandem
