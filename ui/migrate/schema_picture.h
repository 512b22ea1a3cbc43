// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include "migrate/schema_cards.h"

#include <QScrollArea>

class QVBoxLayout;

namespace dewpoint::migrate {

/// The cards below each other, each drawn as a box with its lines.
class SchemaPicture final : public QScrollArea
{
    Q_OBJECT
public:
    explicit SchemaPicture(QWidget* parent = nullptr);

    void showCards(const QList<Card>& cards);
    void showNote(const QString& text);

private:
    QWidget* fresh();
    QVBoxLayout* m_column = nullptr;
};

}  // namespace dewpoint::migrate
