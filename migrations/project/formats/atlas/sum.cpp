// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT

#include "base/words.h"
#include "project/formats/atlas/atlas.h"

#include <QCryptographicHash>

#include <algorithm>

namespace dewpoint::project::atlas {

namespace {

bool isLeftOut(const QByteArray& text)
{
    const qsizetype newline = text.indexOf('\n');
    const QByteArray first = newline < 0 ? text : text.first(newline);
    const qsizetype at = first.indexOf("atlas:sum ");
    return at >= 0 && first.sliced(at + 10).trimmed() == "ignore";
}

QString totalOf(const QList<SumLine>& lines)
{
    QCryptographicHash hash(QCryptographicHash::Sha256);
    for (const SumLine& line : lines) {
        hash.addData(line.name.toUtf8());
        hash.addData(line.hash.toUtf8());
    }
    return QString::fromLatin1(hash.result().toBase64());
}

/// Below the first one; those that have no hash are left out.
QList<SumLine> linesOf(const QByteArray& sum)
{
    QList<SumLine> lines;
    for (const QString& text : QString::fromUtf8(sum).split(u'\n').sliced(1)) {
        const qsizetype at = text.indexOf(QLatin1String("h1:"));
        if (at >= 0)
            lines.append({.name = text.first(at).trimmed(), .hash = text.sliced(at + 3).trimmed()});
    }
    return lines;
}

Result<QList<SumLine>> parse(const QByteArray& sum)
{
    QStringList texts = QString::fromUtf8(sum).split(u'\n');
    const QString total = texts.takeFirst().trimmed();
    texts.removeIf([](const QString& text) { return text.trimmed().isEmpty(); });
    const QList<SumLine> lines = linesOf(sum);
    if (lines.size() != texts.size())
        return fail(ErrorKind::File, Words::tr("checksum file format invalid"));
    if (total != QLatin1String("h1:") + totalOf(lines))
        return fail(ErrorKind::Conflict,
                    Words::tr("checksum mismatch (atlas.sum): its first line does not fit the others"));
    return lines;
}

}  // namespace

QList<SumLine> sumLines(const QList<SumFile>& files)
{
    QList<SumLine> lines;
    QCryptographicHash hash(QCryptographicHash::Sha256);
    for (const SumFile& file : files) {
        hash.addData(file.name.toUtf8());
        if (isLeftOut(file.text))
            continue;
        hash.addData(file.text);
        lines.append({.name = file.name, .hash = QString::fromLatin1(hash.result().toBase64())});
    }
    return lines;
}

QByteArray sumText(const QList<SumLine>& lines)
{
    QString text = QStringLiteral("h1:%1\n").arg(totalOf(lines));
    for (const SumLine& line : lines)
        text += QStringLiteral("%1 h1:%2\n").arg(line.name, line.hash);
    return text.toUtf8();
}

Result<> verifySum(const QList<SumFile>& files, const QByteArray& sum)
{
    const QString hint = Words::tr("Look at what changed, then: dewpoint migrate repair --hash, or Repair in "
                                   "the window.");
    const auto written = parse(sum);
    if (!written)
        return fail(written.error().kind, written.error().message, hint);
    const auto now = sumLines(files);
    const auto [there, here] = std::ranges::mismatch(*written, now);
    if (there == written->end() && here == now.end())
        return {};
    const auto line = there - written->begin() + 2;
    const auto fails = [&](const QString& text, const QString& name) {
        return fail(ErrorKind::Conflict, text.arg(line).arg(name), hint);
    };
    if (there == written->end())
        return fails(Words::tr("checksum mismatch (atlas.sum): L%1: %2 was added"), here->name);
    const auto same = std::ranges::find(now, there->name, &SumLine::name);
    if (same == now.end())
        return fails(Words::tr("checksum mismatch (atlas.sum): L%1: %2 was removed"), there->name);
    if (same == here)
        return fails(Words::tr("checksum mismatch (atlas.sum): L%1: %2 was edited"), there->name);
    return fails(Words::tr("checksum mismatch (atlas.sum): L%1: %2 was added"), here->name);
}

QStringList changesSince(const QList<SumFile>& files, const QByteArray& sum)
{
    const QList<SumLine> written = linesOf(sum);
    const QList<SumLine> now = sumLines(files);
    QStringList changes;
    const auto has = [](const QList<SumLine>& lines, const QString& name) {
        return std::ranges::contains(lines, name, &SumLine::name);
    };
    for (const SumLine& line : now) {
        if (!has(written, line.name))
            changes << Words::tr("%1 was added.").arg(line.name);
    }
    for (const SumLine& line : written) {
        if (!has(now, line.name))
            changes << Words::tr("%1 was removed.").arg(line.name);
    }
    const auto [there, here] = std::ranges::mismatch(written, now);
    if (there != written.end() && here != now.end() && there->name == here->name)
        changes << Words::tr("%1 was edited; so may be those behind it.").arg(there->name);
    return changes;
}

QStringList statementHashes(const Script& script)
{
    QStringList hashes;
    QCryptographicHash hash(QCryptographicHash::Sha256);
    for (const auto& piece : script.pieces) {
        hash.addData(QByteArrayView(script.text).sliced(piece.start, piece.length));
        hashes << QString::fromLatin1(hash.result().toBase64());
    }
    return hashes;
}

}  // namespace dewpoint::project::atlas
