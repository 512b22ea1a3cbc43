// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "inspect/field_delegate.h"

#include "inspect/record_model.h"
#include "theme/theme.h"

#include <QFontMetrics>
#include <QPainter>

#include <algorithm>
#include <optional>
#include <utility>

using namespace Qt::StringLiterals;

namespace dewpoint::inspect {

namespace {

using theme::Role;

std::optional<Role> fillOf(FieldState state)
{
    switch (state) {
    case FieldState::Unchanged: return std::nullopt;
    case FieldState::Changed: return Role::ChangedSoft;
    case FieldState::Inserted: return Role::AddedSoft;
    case FieldState::Deleted: return Role::RemovedSoft;
    }
    std::unreachable();
}

/// Draws at the left and gives back what is left over at the right.
QRect drawAt(QPainter& painter, const QRect& rect, const QFont& font, Role role, const QString& text)
{
    const QFontMetrics metrics(font);
    const QString shown = metrics.elidedText(text, Qt::ElideRight, std::max(0, rect.width()));
    painter.setFont(font);
    painter.setPen(theme::color(role));
    painter.drawText(rect, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine, shown);
    return rect.adjusted(metrics.horizontalAdvance(shown) + theme::space::s, 0, 0, 0);
}

}  // namespace

QSize FieldDelegate::sizeHint(const QStyleOptionViewItem&, const QModelIndex& index) const
{
    const auto* model = qobject_cast<const RecordModel*>(index.model());
    if (model && !model->field(index))
        return {theme::space::xxl, theme::space::rowHeight};
    const int lines = QFontMetrics(theme::smallFont()).height() + QFontMetrics(theme::textFont()).height();
    return {theme::space::xxl, lines + theme::space::s + theme::space::xs};
}

void FieldDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option,
                          const QModelIndex& index) const
{
    const auto* model = qobject_cast<const RecordModel*>(index.model());
    const RecordNode* node = model ? model->node(index) : nullptr;
    if (!node)
        return;
    const Field* field = model->field(index);
    const int inset = theme::space::s - theme::space::xs / 2;  // beside the mark of what is chosen
    painter->save();
    if (const auto fill = field ? fillOf(field->state) : std::nullopt)
        painter->fillRect(option.rect, theme::color(*fill));
    if (option.state & QStyle::State_Selected) {
        painter->fillRect(option.rect, theme::color(Role::Selection));
        painter->fillRect(QRect(option.rect.topLeft(), QSize(theme::space::xs - 1, option.rect.height())),
                          theme::color(Role::Accent));
    } else {
        painter->fillRect(
            QRect(option.rect.left() + inset, option.rect.bottom(), option.rect.width(), theme::space::hair),
            theme::color(Role::Grid));
    }
    const QRect inner = option.rect.adjusted(inset, theme::space::xs, -theme::space::m, -theme::space::xs);
    if (!field) {
        paintLine(*painter, inner, *node);
        return painter->restore();
    }
    const int caption = QFontMetrics(theme::smallFont()).height();
    paintCaption(*painter, QRect(inner.topLeft(), QSize(inner.width(), caption)), *field);
    paintValue(*painter, inner.adjusted(0, caption + theme::space::xs / 2, 0, 0), *field);
    painter->restore();
}

/// What it is at the left, how many at the right.
void FieldDelegate::paintLine(QPainter& painter, const QRect& rect, const RecordNode& node)
{
    const QFontMetrics metrics(theme::textFont());
    const int detail = node.detail.isEmpty() ? 0 : metrics.horizontalAdvance(node.detail) + theme::space::s;
    const Role role = node.state == RecordNode::State::Failed || node.kind == RecordNode::Kind::Note
                          ? Role::TextFaint
                      : node.kind == RecordNode::Kind::Link ? Role::TextMuted
                                                            : Role::Text;
    QFont font = theme::textFont();
    font.setItalic(node.kind == RecordNode::Kind::Note);
    drawAt(painter, rect.adjusted(0, 0, -detail, 0), font, role, node.title);
    painter.setFont(theme::textFont());
    painter.setPen(theme::color(Role::TextMuted));
    painter.drawText(rect, Qt::AlignRight | Qt::AlignVCenter | Qt::TextSingleLine, node.detail);
}

void FieldDelegate::paintCaption(QPainter& painter, const QRect& rect, const Field& field)
{
    QFont strong = theme::smallFont();
    strong.setWeight(QFont::DemiBold);
    QRect rest = drawAt(painter, rect, strong, Role::TextMuted, field.name);
    if (field.isKey)
        rest = drawAt(painter, rest, strong, Role::Accent, u"PK"_s);
    if (!field.foreignTarget.isEmpty())
        rest = drawAt(painter, rest, strong, Role::Link, u"→ "_s + field.foreignTarget);
    const QString type =
        QFontMetrics(theme::smallFont()).elidedText(field.type, Qt::ElideRight, std::max(0, rest.width()));
    painter.setFont(theme::smallFont());
    painter.setPen(theme::color(Role::TextFaint));
    painter.drawText(rest, Qt::AlignRight | Qt::AlignVCenter | Qt::TextSingleLine, type);
}

void FieldDelegate::paintValue(QPainter& painter, const QRect& rect, const Field& field)
{
    QFont font = theme::textFont();
    font.setStrikeOut(field.state == FieldState::Deleted);
    if (const QString absence = absenceOf(field); !absence.isEmpty()) {
        font.setItalic(true);
        drawAt(painter, rect, font, Role::TextFaint, absence);
        return;
    }
    const QString text = oneLine(field.value);
    const auto* whole = std::get_if<Text>(&field.value);
    if (whole && whole->utf8.isEmpty()) {
        font.setItalic(true);
        drawAt(painter, rect, font, Role::TextFaint, tr("empty text"));
        return;
    }
    const QRect rest = drawAt(painter, rect, font,
                              std::holds_alternative<Blob>(field.value) ? Role::TextMuted : Role::Text, text);
    if (!field.label.isEmpty())
        drawAt(painter, rest, theme::textFont(), Role::TextMuted, oneLine(textValue(field.label)));
}

}  // namespace dewpoint::inspect
