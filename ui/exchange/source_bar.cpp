// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "exchange/source_bar.h"

#include "theme/measures.h"
#include "theme/theme.h"

#include <QCheckBox>
#include <QComboBox>
#include <QFileDialog>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace dewpoint::exchange {

namespace {

QLabel* labelFor(const QString& text, QWidget* buddy)
{
    auto* label = new QLabel(text);
    label->setBuddy(buddy);
    return label;
}

}  // namespace

SourceBar::SourceBar(QWidget* parent)
    : QWidget(parent)
    , m_path(new QLineEdit)
    , m_browse(new QPushButton(tr("&Browse…")))
    , m_row(new QWidget)
    , m_textRow(new QWidget)
    , m_format(new QComboBox)
    , m_delimiter(new QComboBox)
    , m_encoding(new QComboBox)
    , m_header(new QCheckBox(tr("First row has the &names")))
    , m_null(new QLineEdit)
{
    build();
    connect(m_browse, &QPushButton::clicked, this, &SourceBar::choosePlace);
    connect(m_path, &QLineEdit::editingFinished, this, [this] {
        if (m_path->isModified() && !m_path->text().isEmpty()) {
            m_path->setModified(false);
            Q_EMIT fileChosen(path());
        }
    });
    for (QComboBox* box : {m_format, m_delimiter, m_encoding})
        connect(box, &QComboBox::activated, this, &SourceBar::optionsChanged);
    connect(m_header, &QCheckBox::clicked, this, &SourceBar::optionsChanged);
    connect(m_null, &QLineEdit::editingFinished, this, [this] {
        if (m_null->isModified()) {
            m_null->setModified(false);
            Q_EMIT optionsChanged();
        }
    });
    setFocusProxy(m_path);
}

void SourceBar::build()
{
    m_path->setObjectName(u"importPath"_s);
    m_path->setPlaceholderText(tr("A CSV, TSV, JSON or NDJSON file; it may also be dropped here"));
    m_format->setObjectName(u"importFormat"_s);
    for (const transfer::FormatInfo& info : transfer::formats()) {
        if (info.isRead)
            m_format->addItem(info.title, info.id);
    }
    m_delimiter->setObjectName(u"importDelimiter"_s);
    for (const auto& [title, byte] : {std::pair{tr("Comma"), u","_s},
                                      {tr("Semicolon"), u";"_s},
                                      {tr("Tab"), u"\t"_s},
                                      {tr("Pipe"), u"|"_s}})
        m_delimiter->addItem(title, byte);
    m_encoding->setObjectName(u"importEncoding"_s);
    for (const auto encoding : {transfer::Encoding::Utf8, transfer::Encoding::Utf16Le,
                                transfer::Encoding::Utf16Be, transfer::Encoding::Windows1252})
        m_encoding->addItem(transfer::nameOf(encoding), static_cast<int>(encoding));
    m_header->setObjectName(u"importHeader"_s);
    m_null->setObjectName(u"importNull"_s);
    m_null->setPlaceholderText(tr("nothing"));
    m_null->setMaximumWidth(theme::space::editorWidth);
    auto* file = new QHBoxLayout;
    file->setSpacing(theme::space::s);
    file->addWidget(labelFor(tr("F&ile"), m_path));
    file->addWidget(m_path, 1);
    file->addWidget(m_browse);
    auto* texts = new QHBoxLayout(m_textRow);
    texts->setContentsMargins(0, 0, 0, 0);
    texts->setSpacing(theme::space::s);
    texts->addWidget(labelFor(tr("De&limiter"), m_delimiter));
    texts->addWidget(m_delimiter);
    texts->addWidget(labelFor(tr("N&ULL is"), m_null));
    texts->addWidget(m_null);
    texts->addWidget(m_header);
    texts->addStretch(1);
    auto* options = new QHBoxLayout(m_row);
    options->setContentsMargins(0, 0, 0, 0);
    options->setSpacing(theme::space::s);
    options->addWidget(labelFor(tr("For&mat"), m_format));
    options->addWidget(m_format);
    options->addWidget(labelFor(tr("En&coding"), m_encoding));
    options->addWidget(m_encoding);
    options->addStretch(1);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(theme::space::s);
    column->addLayout(file);
    column->addWidget(m_row);
    column->addWidget(m_textRow);
    m_row->hide();
    m_textRow->hide();
}

QString SourceBar::path() const
{
    return m_path->text().trimmed();
}

void SourceBar::setPath(const QString& path)
{
    m_path->setText(path);
}

void SourceBar::setOptions(const transfer::ReadOptions& options)
{
    m_options = options;
    m_format->setCurrentIndex(m_format->findData(transfer::infoOf(options.format).id));
    const QString delimiter(QChar::fromLatin1(options.delimiter));
    if (m_delimiter->findData(delimiter) < 0)
        m_delimiter->addItem(delimiter, delimiter);
    m_delimiter->setCurrentIndex(m_delimiter->findData(delimiter));
    m_encoding->setCurrentIndex(m_encoding->findData(static_cast<int>(options.encoding)));
    m_header->setChecked(options.header);
    m_null->setText(QString::fromUtf8(options.nullText));
    m_row->show();
    m_textRow->setVisible(options.isText());
    m_delimiter->setEnabled(options.format == transfer::Format::Csv);
}

transfer::ReadOptions SourceBar::options() const
{
    transfer::ReadOptions options = m_options;
    options.format =
        transfer::formatNamed(m_format->currentData().toString()).value_or(transfer::Format::Csv);
    options.delimiter = options.format == transfer::Format::Tsv
                            ? '\t'
                            : m_delimiter->currentData().toString().at(0).toLatin1();
    options.encoding = static_cast<transfer::Encoding>(m_encoding->currentData().toInt());
    options.header = m_header->isChecked();
    options.nullText = m_null->text().toUtf8();
    return options;
}

void SourceBar::choosePlace()
{
    auto* dialog = new QFileDialog(this, tr("Import rows"), QFileInfo(path()).absolutePath());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    dialog->setNameFilters(
        {tr("Rows (*.csv *.tsv *.tab *.txt *.json *.ndjson *.jsonl)"), tr("All files (*)")});
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString& chosen) {
        setPath(chosen);
        Q_EMIT fileChosen(chosen);
    });
    dialog->open();
}

}  // namespace dewpoint::exchange
