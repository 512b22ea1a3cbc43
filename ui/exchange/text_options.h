// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "transfer/row_writer.h"

#include <QWidget>

class QCheckBox;
class QComboBox;
class QLineEdit;

namespace dewpoint::exchange {

/// How CSV and TSV are written: delimiter, NULL, column names, byte order mark.
class TextOptions final : public QWidget
{
    Q_OBJECT
public:
    explicit TextOptions(QWidget* parent = nullptr);

    void setFormat(transfer::Format format);  ///< hidden where the format has none of them
    void fill(transfer::WriteOptions& options) const;

Q_SIGNALS:
    void changed();

private:
    QComboBox* m_delimiter;
    QLineEdit* m_null;
    QCheckBox* m_header;
    QCheckBox* m_bom;
};

}  // namespace dewpoint::exchange
