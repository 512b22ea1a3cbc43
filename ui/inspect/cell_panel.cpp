// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "inspect/cell_panel.h"

#include "inspect/array_editor.h"
#include "inspect/document_parts.h"
#include "inspect/image_preview.h"
#include "inspect/json_editor.h"
#include "inspect/past_view.h"
#include "inspect/record_model.h"
#include "inspect/text_tools.h"
#include "kit/clipboard.h"
#include "rows/row_key.h"
#include "theme/theme.h"

#include <QFileDialog>
#include <QLabel>
#include <QLocale>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QStackedWidget>
#include <QTextDocument>
#include <QToolButton>

using namespace Qt::StringLiterals;

namespace dewpoint::inspect {

namespace {

constexpr qsizetype shortText = 64;         ///< the size of so few bytes tells nothing
constexpr qint64 readAtOnce = 1024 * 1024;  ///< bytes of a document that is read whole unasked

QPlainTextEdit* readOnlyText(QWidget* parent, const QString& name, const QString& title)
{
    auto* text = new QPlainTextEdit(parent);
    text->setObjectName(name);
    text->setAccessibleName(title);
    text->setReadOnly(true);
    text->setUndoRedoEnabled(false);
    text->setFrameShape(QFrame::NoFrame);
    text->setTabChangesFocus(true);
    text->document()->setDocumentMargin(theme::space::s);
    return text;
}

}  // namespace

CellPanel::CellPanel(QWidget* parent)
    : QWidget(parent)
    , m_name(new QLabel(this))
    , m_note(new QLabel(this))
    , m_open(iconButton(this, u"inspectorOpen"_s, tr("Open the referenced row"), u"go-jump"_s))
    , m_edit(iconButton(this, u"inspectorEdit"_s, tr("Edit this cell"), u"document-edit"_s))
    , m_copy(iconButton(this, u"inspectorCopy"_s, tr("Copy the value"), u"edit-copy"_s))
    , m_save(iconButton(this, u"inspectorSave"_s, tr("Save the value to a file"), u"document-save"_s))
    , m_load(iconButton(this, u"inspectorLoad"_s, tr("Load the value from a file"), u"document-open"_s))
    , m_enlarge(iconButton(this, u"inspectorEnlarge"_s, tr("Show the cell alone"), u"view-fullscreen"_s))
    , m_pastButton(
          iconButton(this, u"inspectorHistory"_s, tr("History of this value"), u"document-open-recent"_s))
    , m_readWhole(new QPushButton(this))
    , m_stack(new QStackedWidget(this))
    , m_blankPage(new QWidget(this))
    , m_blank(new QLabel(this))
    , m_begin(new QWidget(this))
    , m_beginArray(new QPushButton(tr("Begin an array"), this))
    , m_text(readOnlyText(this, u"inspectorText"_s, tr("Text in the cell")))
    , m_foot(new QWidget(this))
    , m_textTools(new TextTools(*m_text, this))
    , m_json(new JsonEditor(this))
    , m_array(new ArrayEditor(this))
    , m_image(new ImagePreview(this))
    , m_hex(readOnlyText(this, u"inspectorHex"_s, tr("Bytes in the cell")))
    , m_past(new PastView(this))
{
    setObjectName(u"cellPanel"_s);
    place();
    refreshTheme();
    connect(m_copy, &QToolButton::clicked, this, &CellPanel::copy);
    connect(m_edit, &QToolButton::clicked, this, &CellPanel::editRequested);
    connect(m_save, &QToolButton::clicked, this, [this] { askForFile(true); });
    connect(m_load, &QToolButton::clicked, this, [this] { askForFile(false); });
    connect(m_open, &QToolButton::clicked, this, &CellPanel::referenceRequested);
    m_enlarge->setCheckable(true);
    connect(m_enlarge, &QToolButton::clicked, this, &CellPanel::enlarged);
    connect(m_readWhole, &QPushButton::clicked, this, [this] { Q_EMIT wholeRequested(m_field.name); });
    m_pastButton->setCheckable(true);
    connect(m_pastButton, &QToolButton::toggled, this, [this] {
        render();
        Q_EMIT pastShown();
    });
    connect(m_json, &JsonEditor::stageAsked, this, &CellPanel::finishEditing);
    connect(m_json, &JsonEditor::revertAsked, this, [this] {
        m_same = false;
        render();
        setFocus();
    });
    connect(m_array, &ArrayEditor::staged, this, &CellPanel::stageArray);
    connect(m_array, &ArrayEditor::undoAsked, this, &CellPanel::undoAsked);
    connect(&theme::Watch::instance(), &theme::Watch::changed, this, &CellPanel::refreshTheme);
}

void CellPanel::refreshTheme()
{
    QFont strong = theme::textFont();
    strong.setWeight(QFont::DemiBold);
    m_name->setFont(strong);
    m_note->setFont(theme::smallFont());
    QFont slanted = theme::textFont();
    slanted.setItalic(true);
    m_blank->setFont(slanted);
    for (QPlainTextEdit* text : {m_text, m_hex})
        text->setFont(theme::monoFont());
    for (QLabel* label : {m_note, m_blank}) {
        QPalette colors = label->palette();
        colors.setColor(QPalette::WindowText, theme::color(theme::Role::TextMuted));
        label->setPalette(colors);
    }
    for (QToolButton* button : {m_open, m_edit, m_load, m_save, m_copy, m_pastButton, m_enlarge})
        setIcon(button);
    m_same = true;
    render();
}

void CellPanel::setField(const Field& field, const QString& place)
{
    const bool same = !place.isEmpty() && place == m_place && field.name == m_field.name;
    const bool wasWhole = same && m_field.truncatedSize < 0;
    if (!same) {
        finishEditing();
        m_whole.reset();
    }
    if (m_whole && (field.truncatedSize < 0 || field.value != m_whole->beginning))
        m_whole.reset();
    m_same = same;
    m_field = field;
    m_place = place;
    if (m_whole) {
        m_field.value = m_whole->value;
        m_field.truncatedSize = -1;
    }
    render();
    // A document is of use only as a whole.
    const auto* text = std::get_if<Text>(&m_field.value);
    const bool document =
        text && (m_field.isJson || text->utf8.startsWith('{') || text->utf8.startsWith('['));
    // What is undone of a long array leaves only the beginning of what was there before.
    const bool wanted =
        (!same && m_field.truncatedSize <= readAtOnce) || (wasWhole && m_field.element.has_value());
    if (wanted && document && m_field.isOwn && m_field.truncatedSize >= 0)
        Q_EMIT wholeRequested(m_field.name);
}

void CellPanel::setWhole(const QString& place, const QString& field, const Value& value)
{
    if (place != m_place || field != m_field.name || m_field.truncatedSize < 0)
        return;
    m_whole = Whole{.beginning = m_field.value, .value = value};
    m_field.value = value;
    m_field.truncatedSize = -1;
    m_same = false;
    render();
}

/// Only into a cell of which all is known.
void CellPanel::stageArray(const QByteArray& text)
{
    if (m_field.truncatedSize < 0)
        Q_EMIT textStaged(m_field.name, text);
}

void CellPanel::finishEditing()
{
    if (showsArray())
        m_array->finishEditing();
    if (!m_json->isEdited() || m_stack->currentWidget() != m_json)
        return;
    // Clean before anybody hears of it: what is staged comes back as news.
    const QByteArray text = m_json->text();
    m_json->markStaged();
    if (m_whole || m_field.truncatedSize < 0)
        Q_EMIT textStaged(m_field.name, text);
}

void CellPanel::showEnlarged(bool on)
{
    m_enlarge->setChecked(on);
    m_enlarge->setToolTip(on ? tr("Show the row again") : tr("Show the cell alone"));
}

bool CellPanel::showsJson() const
{
    return m_stack->currentWidget() == m_json;
}

bool CellPanel::showsArray() const
{
    return m_stack->currentWidget() == m_array;
}

/// Only cells of the grid's own row have one.
bool CellPanel::showsPast() const
{
    return m_pastButton->isChecked() && m_field.isOwn && !m_place.isEmpty();
}

void CellPanel::showPast(bool on)
{
    m_pastButton->setChecked(on);
}

void CellPanel::focusDocument()
{
    showPast(false);
    if (showsJson())
        m_json->focusTree();
    else if (showsArray())
        m_array->focusList();
}

QList<kit::Command> CellPanel::jsonCommands()
{
    return m_json->commands();
}

QList<kit::Command> CellPanel::arrayCommands()
{
    return m_array->commands();
}

/// Whether a document is edited here, and not only looked at.
bool CellPanel::takesDocument() const
{
    return m_field.editable && m_field.isOwn && !m_place.isEmpty() && m_field.state != FieldState::Deleted;
}

void CellPanel::render()
{
    const bool own = m_field.isOwn;
    m_name->setText(m_field.name);
    m_name->setToolTip(m_field.type.toHtmlEscaped());
    m_open->setVisible(!m_field.foreignTarget.isEmpty() && !isNull(m_field.value));
    m_save->setVisible(own && !isNull(m_field.value) && !m_field.isDefault);
    m_copy->setVisible(own || m_field.truncatedSize < 0);
    m_edit->setVisible(m_field.editable);
    m_load->setVisible(m_field.takesBytes);
    m_begin->setVisible(m_field.isJson && takesDocument());
    m_beginArray->setVisible(m_field.element && takesDocument());
    m_open->setToolTip(tr("Open the row in %1").arg(m_field.foreignTarget.toHtmlEscaped()));
    m_pastButton->setVisible(own && !m_place.isEmpty());
    m_past->setVisible(showsPast());
    m_stack->setVisible(!showsPast());
    m_foot->setVisible(!showsPast());
    renderWhole();
    if (m_same && m_stack->currentWidget() == m_json && m_json->isEdited())
        return;  // what is not staged yet stays, whatever became of the cell
    const bool whole = m_field.truncatedSize < 0;
    const auto* text = std::get_if<Text>(&m_field.value);
    // An array of PostgreSQL may look like an object.
    if (m_field.element && whole && text)
        return showArray(text->utf8);
    const Content content = contentOf(m_field.value, m_field.isJson && whole);
    const auto* document = std::get_if<JsonContent>(&content);
    const bool plain = document && (m_field.element || !whole);
    m_textTools->setVisible(text && !showsPast() && (!document || plain)
                            && (text->utf8.size() > shortText || text->utf8.contains('\n')));
    if (!document || plain)
        m_json->open({});
    if (plain)
        showContent(plainContent(m_field.value));
    else
        std::visit([this](const auto& each) { showContent(each); }, content);
}

void CellPanel::renderWhole()
{
    m_readWhole->setVisible(m_field.isOwn && m_field.truncatedSize >= 0 && !m_place.isEmpty());
    m_readWhole->setText(tr("Read all"));
    m_readWhole->setToolTip(tr("Read the whole value, %1, from the database")
                                .arg(QLocale().formattedDataSize(m_field.truncatedSize)));
}

void CellPanel::askForFile(bool save)
{
    auto* dialog =
        new QFileDialog(this, save ? tr("Save %1").arg(m_field.name) : tr("Load %1").arg(m_field.name));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(save ? QFileDialog::AcceptSave : QFileDialog::AcceptOpen);
    dialog->setFileMode(save ? QFileDialog::AnyFile : QFileDialog::ExistingFile);
    connect(dialog, &QFileDialog::fileSelected, this,
            save ? &CellPanel::saveRequested : &CellPanel::loadRequested);
    dialog->open();
}

QString CellPanel::sizeText() const
{
    const QLocale locale;
    const auto* text = std::get_if<Text>(&m_field.value);
    const auto* blob = std::get_if<Blob>(&m_field.value);
    const qint64 read = text ? text->utf8.size() : blob ? blob->bytes.size() : -1;
    QStringList parts{m_field.type};
    if (m_field.truncatedSize > read)
        parts.append(
            tr("the first %1 of %2")
                .arg(locale.formattedDataSize(read), locale.formattedDataSize(m_field.truncatedSize)));
    else if (blob || read > shortText)
        parts.append(read == 1 ? tr("1 byte") : tr("%1 bytes").arg(locale.toString(read)));
    parts.removeAll(QString());
    return parts.join(u" · "_s);
}

void CellPanel::showContent(const NullContent&)
{
    m_blank->setText(absenceOf(m_field));
    m_note->setText(sizeText());
    m_stack->setCurrentWidget(m_blankPage);
}

void CellPanel::showContent(const TextContent& content)
{
    m_blank->setText(tr("Empty text, which is not NULL"));
    // Where one reads, one goes on reading when there is news of the same text.
    if (m_text->toPlainText() != content.text)
        m_text->setPlainText(content.text);
    m_textTools->lookAgain();
    m_note->setText(content.isCut ? tr("Only the beginning is shown and searched: %1 characters.")
                                            .arg(QLocale().toString(content.text.size()))
                                        + u' ' + sizeText()
                                  : sizeText());
    m_stack->setCurrentWidget(content.text.isEmpty() ? m_blankPage : m_text);
}

void CellPanel::showContent(const JsonContent& content)
{
    const JsonTask task{.text = content.text,
                        .editable = takesDocument(),
                        .wanted = m_field.isJson,
                        .normalised = m_field.isJsonb};
    if (m_same && m_stack->currentWidget() == m_json)
        m_json->rebase(task);
    else
        m_json->open(task);
    m_note->setText(sizeText());
    m_stack->setCurrentWidget(m_json);
}

void CellPanel::showArray(const QByteArray& text)
{
    const ArrayTask task{.text = text, .element = *m_field.element, .editable = takesDocument()};
    m_textTools->hide();
    m_json->open({});
    const QString place = m_place.isEmpty() ? QString() : m_place + u'/' + m_field.name;
    if (!place.isEmpty() && place == m_arrayPlace)
        m_array->rebase(task);
    else
        m_array->open(task);
    m_arrayPlace = place;
    m_note->setText(sizeText());
    m_stack->setCurrentWidget(m_array);
}

void CellPanel::showContent(const ImageContent& content)
{
    m_image->setImage(content.image);
    m_note->setText(tr("%1, %2 × %3").arg(content.format).arg(content.size.width()).arg(content.size.height())
                    + u" · "_s + sizeText());
    m_stack->setCurrentWidget(m_image);
}

void CellPanel::showContent(const BinaryContent& content)
{
    m_blank->setText(tr("No bytes, which is not NULL"));
    m_hex->setPlainText(content.dump);
    const QString kind = content.format.isEmpty()
                             ? QString()
                             : tr("%1, which cannot be shown here").arg(content.format) + u" · "_s;
    m_note->setText(kind + sizeText());
    m_stack->setCurrentWidget(content.dump.isEmpty() ? m_blankPage : m_hex);
}

void CellPanel::copy()
{
    if (m_field.truncatedSize >= 0)
        Q_EMIT copyRequested();
    else if (showsJson())
        kit::copyLater(this, m_json->text().size(),
                       [text = m_json->text()] { return QString::fromUtf8(text); });
    else if (!isNull(m_field.value))
        kit::copyLater(this, rows::memoryOf({m_field.value}),
                       [value = m_field.value] { return displayText(value); });
}

}  // namespace dewpoint::inspect
