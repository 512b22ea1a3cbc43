// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "exchange/text_options.h"

#include <QCheckBox>
#include <QComboBox>
#include <QFormLayout>
#include <QLineEdit>

using namespace Qt::StringLiterals;

namespace dewpoint::exchange {

TextOptions::TextOptions(QWidget* parent)
    : QWidget(parent)
    , m_delimiter(new QComboBox)
    , m_null(new QLineEdit)
    , m_header(new QCheckBox(tr("First line has the column &names")))
    , m_bom(new QCheckBox(tr("Byte order mar&k (older Excel)")))
{
    m_delimiter->setObjectName(u"exportDelimiter"_s);
    m_delimiter->addItem(tr("Comma"), u","_s);
    m_delimiter->addItem(tr("Semicolon"), u";"_s);
    m_delimiter->addItem(tr("Pipe"), u"|"_s);
    m_null->setObjectName(u"exportNull"_s);
    // An empty field is a choice as well, and this says which: NULL is written as no text at all.
    m_null->setPlaceholderText(tr("nothing"));
    m_header->setObjectName(u"exportHeader"_s);
    m_header->setChecked(true);
    m_bom->setObjectName(u"exportBom"_s);
    auto* form = new QFormLayout(this);
    form->setContentsMargins(0, 0, 0, 0);
    form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    form->addRow(tr("De&limiter"), m_delimiter);
    form->addRow(tr("NULL is &written as"), m_null);
    form->addRow(m_header);
    form->addRow(m_bom);
    connect(m_delimiter, &QComboBox::currentIndexChanged, this, &TextOptions::changed);
    connect(m_null, &QLineEdit::textChanged, this, &TextOptions::changed);
    connect(m_header, &QCheckBox::toggled, this, &TextOptions::changed);
    connect(m_bom, &QCheckBox::toggled, this, &TextOptions::changed);
}

void TextOptions::setFormat(transfer::Format format)
{
    const bool csv = format == transfer::Format::Csv;
    setVisible(csv || format == transfer::Format::Tsv);
    m_delimiter->setEnabled(csv);
}

void TextOptions::fill(transfer::WriteOptions& options) const
{
    options.delimiter = m_delimiter->currentData().toString().at(0).toLatin1();
    options.header = m_header->isChecked();
    options.bom = m_bom->isChecked();
    options.nullText = m_null->text().toUtf8();
}

}  // namespace dewpoint::exchange
