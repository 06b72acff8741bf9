#include "editor_fixture.h"

namespace tandem {

void EditorFixture::SetUp() {
    view.resize(700, 400);
    view.show();
    ASSERT_TRUE(QTest::qWaitForWindowExposed(&view));
}

void EditorFixture::fill(int lines) {
    std::u32string text;
    for (int i = 0; i < lines; ++i)
        text += U"line " + QString::number(i).toStdU32String() + U"\n";
    write(text);
}

void EditorFixture::editRemotely(std::size_t index, std::size_t deleted, std::u32string_view inserted) {
    log.exchange(mine.document);
    log.exchange(theirs.document);
    ASSERT_TRUE(theirs.document.edit(index, deleted, inserted).ok());
    log.commit(theirs.document);
    log.exchange(mine.document);
    ASSERT_TRUE(view.binding().agrees());
}

void EditorFixture::select(int tail, int head) {
    QTextCursor cursor = view.textCursor();
    cursor.setPosition(tail);
    cursor.setPosition(head, QTextCursor::KeepAnchor);
    view.setTextCursor(cursor);
}

} // namespace tandem
