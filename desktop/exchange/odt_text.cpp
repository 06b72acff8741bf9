#include "exchange/odt_text.h"

#include "exchange/zip_entry.h"
#include "protocol/limits.h"

#include <QHash>
#include <QXmlStreamReader>

namespace tandem {

namespace {

constexpr int deepestList = 16;

// One walk over content.xml.
class OdtReader {
public:
    // Styles with names of their own, which stand in a file beside the text.
    void readStyles(const QByteArray& xml) {
        m_xml.addData(xml);
        while (!m_xml.atEnd())
            if (m_xml.readNext() == QXmlStreamReader::StartElement)
                noteStyle(m_xml.qualifiedName());
        m_xml.clear();
    }

    Result<QString> read(const QByteArray& xml) {
        m_xml.addData(xml);
        while (!m_xml.atEnd()) {
            const auto token = m_xml.readNext();
            if (token == QXmlStreamReader::StartElement)
                begin();
            else if (token == QXmlStreamReader::EndElement)
                end();
            else if (token == QXmlStreamReader::Characters && m_isInBlock)
                m_block += m_xml.text().toString().replace(QLatin1Char('\n'), QLatin1Char(' '));
        }
        if (m_xml.hasError() || !m_isText)
            return Error{ErrorCode::malformed, "it is no OpenDocument text, or it is damaged"};
        return std::move(m_text);
    }

private:
    struct Look {
        bool isBold = false;
        bool isItalic = false;
    };

    QString attribute(const char* name) const {
        for (const QXmlStreamAttribute& one : m_xml.attributes())
            if (one.qualifiedName() == QLatin1String(name))
                return one.value().toString();
        return {};
    }

    void noteStyle(QStringView name) {
        if (name == u"style:style")
            m_style = attribute("style:name");
        else if (name == u"style:text-properties")
            m_looks.insert(m_style, {attribute("fo:font-weight") == QStringLiteral("bold"),
                                     attribute("fo:font-style") == QStringLiteral("italic")});
    }

    void begin() {
        const QStringView name = m_xml.qualifiedName();
        if (name == u"office:text")
            m_isText = true;
        else if (name.startsWith(u"style:"))
            noteStyle(name);
        else if (name == u"office:annotation" || name == u"text:note" || name == u"text:tracked-changes")
            m_xml.skipCurrentElement();
        else if (name == u"text:p" || name == u"text:h")
            beginBlock(name == u"text:h" ? std::clamp(attribute("text:outline-level").toInt(), 1, 6) : 0);
        else if (name == u"text:list")
            m_lists = std::min(m_lists + 1, deepestList);
        else if (name == u"text:list-item")
            m_isItemFresh = true;
        else if (name == u"table:table-row")
            m_row.clear();
        else if (name == u"table:table-cell")
            m_cell.emplace();
        else if (m_isInBlock)
            beginInline(name);
    }

    void beginInline(QStringView name) {
        if (name == u"text:s")
            m_block += QString(std::clamp(attribute("text:c").toInt(), 1, 1'000), QLatin1Char(' '));
        else if (name == u"text:tab")
            m_block += QLatin1Char('\t');
        else if (name == u"text:line-break")
            m_block += QStringLiteral("  \n");
        else if (name == u"text:a") {
            m_links.append(attribute("xlink:href"));
            m_block += QLatin1Char('[');
        } else if (name == u"text:span") {
            const Look look = m_looks.value(attribute("text:style-name"));
            m_spans.append(QString(look.isBold ? QStringLiteral("**") : QString()) +
                           (look.isItalic ? QStringLiteral("*") : QString()));
            m_block += m_spans.last();
        }
    }

    void end() {
        const QStringView name = m_xml.qualifiedName();
        if (name == u"text:p" || name == u"text:h")
            endBlock();
        else if (name == u"text:list") {
            m_lists = std::max(0, m_lists - 1);
            if (m_lists == 0)
                m_text += QLatin1Char('\n');
        } else if (name == u"table:table-cell" && m_cell) {
            m_row.append(m_cell->simplified().replace(QLatin1Char('|'), QStringLiteral("\\|")));
            m_cell.reset();
        } else if (name == u"table:table-row")
            endRow();
        else if (name == u"table:table") {
            m_text += QLatin1Char('\n');
            m_hasHead = false;
        } else if (name == u"text:a" && !m_links.isEmpty())
            m_block += QStringLiteral("](%1)").arg(m_links.takeLast());
        else if (name == u"text:span" && !m_spans.isEmpty()) {
            QString mark = m_spans.takeLast();
            std::reverse(mark.begin(), mark.end());
            m_block += mark;
        }
    }

    void beginBlock(int level) {
        m_isInBlock = true;
        m_block.clear();
        m_level = level;
    }

    void endBlock() {
        m_isInBlock = false;
        if (m_cell) {
            *m_cell += m_block + QLatin1Char(' ');
            return;
        }
        if (m_lists > 0) {
            const QString indent((m_lists - 1) * 2, QLatin1Char(' '));
            m_text += indent + QLatin1String(m_isItemFresh ? "- " : "  ") + m_block + QLatin1Char('\n');
            m_isItemFresh = false;
            return;
        }
        if (m_level > 0)
            m_text += QString(m_level, QLatin1Char('#')) + QLatin1Char(' ');
        m_text += m_block + QStringLiteral("\n\n");
    }

    void endRow() {
        m_text += QStringLiteral("| ") + m_row.join(QStringLiteral(" | ")) + QStringLiteral(" |\n");
        if (!std::exchange(m_hasHead, true))
            m_text += QLatin1Char('|') + QStringLiteral(" --- |").repeated(m_row.size()) + QLatin1Char('\n');
    }

    QXmlStreamReader m_xml;
    bool m_isText = false;
    QString m_style;
    QHash<QString, Look> m_looks;
    QString m_text;
    QString m_block;
    bool m_isInBlock = false;
    int m_level = 0; // of a heading
    int m_lists = 0;
    bool m_isItemFresh = false;
    QStringList m_links;
    QStringList m_spans; // what ends each
    std::optional<QString> m_cell;
    QStringList m_row;
    bool m_hasHead = false;
};

} // namespace

Result<QString> textOfOdt(const QByteArray& file) {
    const std::string_view bytes(file.constData(), static_cast<std::size_t>(file.size()));
    const auto content = zipEntry(bytes, "content.xml", limits::documentBytes);
    if (!content)
        return content.error();
    OdtReader reader;
    if (const auto styles = zipEntry(bytes, "styles.xml", limits::documentBytes))
        reader.readStyles(QByteArray::fromStdString(*styles));
    return reader.read(QByteArray::fromStdString(*content));
}

} // namespace tandem
