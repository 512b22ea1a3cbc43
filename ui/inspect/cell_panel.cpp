// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "inspect/cell_panel.h"

#include "inspect/image_preview.h"
#include "inspect/record_model.h"
#include "theme/theme.h"

#include <QClipboard>
#include <QFileDialog>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QPlainTextEdit>
#include <QStackedWidget>
#include <QTabWidget>
#include <QTextDocument>
#include <QToolButton>
#include <QTreeWidget>
#include <QVBoxLayout>

#include <initializer_list>
#include <memory>
#include <utility>

using namespace Qt::StringLiterals;

namespace dewpoint::inspect {

namespace {

constexpr qsizetype shortText = 64;  ///< the size of so few bytes tells nothing
constexpr int openDepth = 2;         ///< levels of a JSON tree that are unfolded at once

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

QString leafText(const JsonNode& node)
{
    const auto count = node.children.size();
    switch (node.kind) {
    case JsonKind::Object: return u"{%1}"_s.arg(count);
    case JsonKind::Array: return u"[%1]"_s.arg(count);
    case JsonKind::String: return u'"' + node.text + u'"';
    case JsonKind::Number:
    case JsonKind::Word: return node.text;
    }
    std::unreachable();
}

void grow(QTreeWidgetItem& parent, const JsonNode& node, int depth)
{
    for (const JsonNode& child : node.children) {
        auto item = std::make_unique<QTreeWidgetItem>(QStringList{child.key, leafText(child)});
        const bool container = child.kind == JsonKind::Object || child.kind == JsonKind::Array;
        item->setForeground(0, theme::color(theme::Role::TextMuted));
        item->setForeground(1, theme::color(container ? theme::Role::TextFaint : theme::Role::Text));
        grow(*item, child, depth + 1);
        QTreeWidgetItem* added = item.get();
        parent.addChild(item.release());
        added->setExpanded(depth < openDepth);
    }
}

}  // namespace

CellPanel::CellPanel(QWidget* parent)
    : QWidget(parent)
    , m_name(new QLabel(this))
    , m_note(new QLabel(this))
    , m_open(makeButton(u"inspectorOpen"_s, tr("Open the referenced row"), u"go-jump"_s))
    , m_edit(makeButton(u"inspectorEdit"_s, tr("Edit this cell"), u"document-edit"_s))
    , m_copy(makeButton(u"inspectorCopy"_s, tr("Copy the value"), u"edit-copy"_s))
    , m_save(makeButton(u"inspectorSave"_s, tr("Save the value to a file"), u"document-save"_s))
    , m_load(makeButton(u"inspectorLoad"_s, tr("Load the value from a file"), u"document-open"_s))
    , m_stack(new QStackedWidget(this))
    , m_blank(new QLabel(this))
    , m_text(readOnlyText(this, u"inspectorText"_s, tr("Text in the cell")))
    , m_textTools(new QWidget(this))
    , m_find(new QLineEdit(this))
    , m_findState(new QLabel(this))
    , m_wrap(new QToolButton(this))
    , m_json(new QTabWidget(this))
    , m_jsonText(readOnlyText(this, u"inspectorJsonText"_s, tr("JSON text in the cell")))
    , m_tree(new QTreeWidget(this))
    , m_image(new ImagePreview(this))
    , m_hex(readOnlyText(this, u"inspectorHex"_s, tr("Bytes in the cell")))
{
    setObjectName(u"cellPanel"_s);
    place();
    refreshTheme();
    connect(m_copy, &QToolButton::clicked, this, &CellPanel::copy);
    connect(m_edit, &QToolButton::clicked, this, &CellPanel::editRequested);
    connect(m_save, &QToolButton::clicked, this, [this] { askForFile(true); });
    connect(m_load, &QToolButton::clicked, this, [this] { askForFile(false); });
    connect(m_open, &QToolButton::clicked, this, &CellPanel::referenceRequested);
    connect(&theme::Watch::instance(), &theme::Watch::changed, this, &CellPanel::refreshTheme);
}

QToolButton* CellPanel::makeButton(const QString& name, const QString& title, const QString& icon)
{
    auto* button = new QToolButton(this);
    button->setObjectName(name);
    button->setToolTip(title);
    button->setAccessibleName(title);
    button->setAutoRaise(true);
    button->setProperty("iconName", icon);
    return button;
}

void CellPanel::place()
{
    using namespace theme;
    auto* head = new QHBoxLayout;
    head->setContentsMargins(space::m, space::xs, space::xs, 0);
    head->setSpacing(0);
    head->addWidget(m_name, 1);
    for (QToolButton* button : {m_open, m_edit, m_load, m_save, m_copy})
        head->addWidget(button);
    m_name->setObjectName(u"inspectorCellName"_s);
    m_name->setTextFormat(Qt::PlainText);
    m_note->setObjectName(u"inspectorNote"_s);
    m_note->setTextFormat(Qt::PlainText);
    m_note->setWordWrap(true);
    m_note->setContentsMargins(space::m, space::xs, space::m, space::s);
    m_blank->setObjectName(u"inspectorBlank"_s);
    m_blank->setAlignment(Qt::AlignCenter);
    m_tree->setObjectName(u"inspectorTree"_s);
    m_tree->setAccessibleName(tr("JSON tree in the cell"));
    m_tree->setHeaderHidden(true);
    m_tree->setColumnCount(2);
    m_tree->header()->setSectionResizeMode(0, QHeaderView::ResizeToContents);
    m_json->setObjectName(u"inspectorJson"_s);
    m_json->setDocumentMode(true);
    m_json->addTab(m_tree, tr("Tree"));
    m_json->addTab(m_jsonText, tr("Text"));
    m_hex->setLineWrapMode(QPlainTextEdit::NoWrap);
    for (QWidget* page : std::initializer_list<QWidget*>{m_blank, m_text, m_json, m_image, m_hex})
        m_stack->addWidget(page);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins({});
    column->setSpacing(0);
    column->addLayout(head);
    buildTextTools();
    column->addWidget(m_textTools);
    column->addWidget(m_stack, 1);
    column->addWidget(m_note);
}

void CellPanel::buildTextTools()
{
    m_find->setObjectName(u"inspectorFind"_s);
    m_find->setPlaceholderText(tr("Find in the text"));
    m_find->setAccessibleName(tr("Find in the text"));
    m_find->setToolTip(tr("Return goes on to the next place."));
    m_find->setClearButtonEnabled(true);
    m_findState->setObjectName(u"inspectorFindState"_s);
    m_findState->setFont(theme::smallFont());
    m_wrap->setObjectName(u"inspectorWrap"_s);
    m_wrap->setText(tr("Wrap"));
    m_wrap->setToolTip(tr("Break long lines"));
    m_wrap->setAccessibleName(tr("Break long lines"));
    m_wrap->setCheckable(true);
    m_wrap->setChecked(true);
    auto* row = new QHBoxLayout(m_textTools);
    row->setContentsMargins(theme::space::m, theme::space::xs, theme::space::xs, theme::space::xs);
    row->setSpacing(theme::space::xs);
    row->addWidget(m_find, 1);
    row->addWidget(m_findState);
    row->addWidget(m_wrap);
    m_textTools->hide();
    connect(m_find, &QLineEdit::textChanged, this, [this] { find(false); });
    connect(m_find, &QLineEdit::returnPressed, this, [this] { find(true); });
    connect(m_wrap, &QToolButton::toggled, this, [this](bool wraps) {
        for (QPlainTextEdit* text : {m_text, m_jsonText})
            text->setLineWrapMode(wraps ? QPlainTextEdit::WidgetWidth : QPlainTextEdit::NoWrap);
    });
}

/// From the beginning, or on from the last place; behind the last one it begins anew.
void CellPanel::find(bool again)
{
    const bool json = m_stack->currentWidget() == m_json;
    QPlainTextEdit* text = json ? m_jsonText : m_text;
    if (json && !m_find->text().isEmpty())
        m_json->setCurrentWidget(m_jsonText);
    if (!again || m_find->text().isEmpty())
        text->moveCursor(QTextCursor::Start);
    m_findState->clear();
    if (m_find->text().isEmpty() || text->find(m_find->text()))
        return;
    text->moveCursor(QTextCursor::Start);
    if (!text->find(m_find->text()))
        m_findState->setText(tr("not found"));
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
    for (QPlainTextEdit* text : {m_text, m_jsonText, m_hex})
        text->setFont(theme::monoFont());
    for (QLabel* label : {m_note, m_blank}) {
        QPalette colors = label->palette();
        colors.setColor(QPalette::WindowText, theme::color(theme::Role::TextMuted));
        label->setPalette(colors);
    }
    for (QToolButton* button : {m_open, m_edit, m_load, m_save, m_copy})
        button->setIcon(theme::icon(button->property("iconName").toString()));
    setField(Field(m_field));
}

void CellPanel::setField(const Field& field)
{
    m_field = field;
    m_name->setText(field.name);
    m_name->setToolTip(field.type.toHtmlEscaped());
    m_open->setVisible(!field.foreignTarget.isEmpty() && !isNull(field.value));
    m_save->setVisible(!isNull(field.value) && !field.isDefault);
    m_edit->setVisible(field.editable);
    m_load->setVisible(field.takesBytes);
    m_open->setToolTip(tr("Open the row in %1").arg(field.foreignTarget.toHtmlEscaped()));
    const auto* text = std::get_if<Text>(&field.value);
    m_textTools->setVisible(text && (text->utf8.size() > shortText || text->utf8.contains('\n')));
    m_findState->clear();
    std::visit([this](const auto& content) { showContent(content); }, contentOf(field.value));
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
    m_stack->setCurrentWidget(m_blank);
}

void CellPanel::showContent(const TextContent& content)
{
    m_blank->setText(tr("Empty text, which is not NULL"));
    m_text->setPlainText(content.text);
    m_note->setText(sizeText());
    m_stack->setCurrentWidget(content.text.isEmpty() ? static_cast<QWidget*>(m_blank) : m_text);
}

void CellPanel::showContent(const JsonContent& content)
{
    m_tree->clear();
    m_jsonText->setPlainText(content.text);
    grow(*m_tree->invisibleRootItem(), content.root, 0);
    m_note->setText(sizeText());
    m_stack->setCurrentWidget(m_json);
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
    m_stack->setCurrentWidget(content.dump.isEmpty() ? static_cast<QWidget*>(m_blank) : m_hex);
}

void CellPanel::copy()
{
    if (m_field.truncatedSize >= 0)
        Q_EMIT copyRequested();
    else if (!isNull(m_field.value))
        QGuiApplication::clipboard()->setText(displayText(m_field.value));
}

}  // namespace dewpoint::inspect
