// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#include "base/words.h"
#include "transfer/row_writer.h"

#include <QFile>
#include <QFileInfo>
#include <QHash>
#include <QtEndian>

#include <xlsxwriter.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdio>
#include <optional>
#include <utility>

using namespace Qt::StringLiterals;

namespace dewpoint::transfer {

namespace {

// Excel specifications and limits
constexpr qint64 mostRows = 1'048'576;
constexpr qsizetype mostColumns = 16'384;
constexpr qsizetype mostLetters = 32'767;
constexpr int exactDigits = 15;

Error writeError(lxw_error code)
{
    return {.kind = ErrorKind::File,
            .message = Words::tr("The workbook could not be written."),
            .detail = QString::fromUtf8(lxw_strerror(code)),
            .hint = Words::tr("Choose another place, or make room there.")};
}

/// A number that a spreadsheet shows with the same digits: it keeps fifteen of them.
std::optional<double> exactNumber(QByteArrayView text)
{
    int digits = 0;
    bool leading = true;
    bool point = false;
    for (qsizetype i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (c == '-' && i == 0)
            continue;
        if (c == '.' && !point) {
            point = true;
            continue;
        }
        if (c < '0' || c > '9')
            return std::nullopt;
        leading = leading && c == '0';
        digits += leading ? 0 : 1;
    }
    // "007" would lose its zeros; the last one of "12.50" is drawn by a format.
    const QByteArrayView whole = text.startsWith('-') ? text.sliced(1) : text;
    const bool padded = (whole.size() > 1 && whole[0] == '0' && whole[1] != '.') || text.endsWith('.');
    double number = 0;
    const auto end = std::from_chars(text.begin(), text.end(), number);
    const bool read = end.ec == std::errc() && end.ptr == text.end();
    return read && !padded && digits <= exactDigits ? std::optional(number) : std::nullopt;
}

/// A sheet's name is short and without some characters.
QByteArray sheetName(const QString& table)
{
    constexpr qsizetype longest = 31;
    QString name;
    for (const QChar c : table)
        name += u"[]:*?/\\\"'"_s.contains(c) ? QChar(u' ') : c;
    name = name.trimmed().left(longest);
    return name.isEmpty() ? QByteArray("rows") : name.toUtf8();
}

/// What the sheet has without compression, by the directory at the end of the workbook (PKWARE's
/// APPNOTE.TXT, "Central directory structure"); -1 where there is none.
qint64 sheetBytes(const QString& path)
{
    constexpr qint64 directoryBytes = 64 * 1024;
    constexpr qsizetype sizeAt = 24;
    constexpr qsizetype nameLengthAt = 28;
    constexpr qsizetype nameAt = 46;
    constexpr quint32 inExtra = 0xFFFFFFFF;
    const QByteArray name = "xl/worksheets/sheet1.xml";
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return -1;
    file.seek(std::max<qint64>(0, file.size() - directoryBytes));
    const QByteArray tail = file.readAll();
    const qsizetype entry = tail.lastIndexOf(name) - nameAt;
    if (entry < 0 || !QByteArrayView(tail).sliced(entry).startsWith("PK\x01\x02"))
        return -1;
    const char* const at = tail.constData() + entry;
    const auto bytes = qFromLittleEndian<quint32>(at + sizeAt);
    if (bytes != inExtra)
        return bytes;
    // The first field of the entry's only extra record, behind its tag and length.
    const qsizetype extra = nameAt + qFromLittleEndian<quint16>(at + nameLengthAt) + 4;
    return entry + extra + 8 <= tail.size() ? qFromLittleEndian<qint64>(at + extra) : -1;
}

class WorkbookWriter final : public RowWriter
{
public:
    WorkbookWriter(QString path, WriteOptions options)
        : m_path(std::move(path)), m_options(std::move(options))
    {}
    ~WorkbookWriter() override
    {
        if (m_book)
            (void)workbook_close(m_book);  // frees what it holds; the file is thrown away
    }
    Q_DISABLE_COPY_MOVE(WorkbookWriter)

    Result<> begin(const QList<OutColumn>& columns) override
    {
        if (columns.size() > mostColumns)
            return fail(ErrorKind::Unsupported,
                        Words::tr("A spreadsheet holds %1 columns, these are %2.")
                            .arg(mostColumns)
                            .arg(columns.size()),
                        Words::tr("Choose CSV, or fewer columns."));
        m_folder = QFileInfo(m_path).absolutePath().toUtf8();
        lxw_workbook_options settings{};
        settings.constant_memory = LXW_TRUE;
        settings.tmpdir = m_folder.constData();
        settings.use_zip64 = LXW_TRUE;
        m_book = workbook_new_opt(m_path.toUtf8().constData(), &settings);
        m_sheet = m_book ? workbook_add_worksheet(m_book, sheetName(m_options.title).constData()) : nullptr;
        if (!m_sheet)
            return fail(writeError(LXW_ERROR_CREATING_TMPFILE));
        lxw_format* bold = workbook_add_format(m_book);
        format_set_bold(bold);
        worksheet_freeze_panes(m_sheet, 1, 0);
        for (qsizetype i = 0; i < columns.size(); ++i) {
            const auto code = worksheet_write_string(m_sheet, 0, static_cast<lxw_col_t>(i),
                                                     columns[i].name.toUtf8().constData(), bold);
            if (code != LXW_NO_ERROR)
                return fail(writeError(code));
            m_numbers.push_back(columns[i].number);
        }
        return {};
    }

    Result<> row(const std::vector<Value>& cells) override
    {
        if (++m_rows >= mostRows)
            return fail(
                ErrorKind::Unsupported,
                Words::tr("A spreadsheet holds %1 rows below its header, these are more.").arg(mostRows - 1),
                Words::tr("Choose CSV, or filter the rows."));
        for (size_t i = 0; i < cells.size(); ++i) {
            if (auto done = cell(static_cast<lxw_col_t>(i), cells[i]); !done)
                return done;
        }
        return {};
    }

    // libxlsxwriter writes its temporary files without a look at what became of that: on a full disk a
    // part of the rows would be missing, and nothing said.
    Result<> end() override
    {
        lxw_worksheet_write_single_row(m_sheet);
        FILE* const rows = m_sheet->optimize_tmpfile;
        const bool kept = rows && std::fflush(rows) == 0 && std::ferror(rows) == 0;
        const qint64 bytes = kept ? ftello(rows) : -1;
        const auto code = workbook_close(std::exchange(m_book, nullptr));
        if (code != LXW_NO_ERROR)
            return fail(writeError(code));
        return kept && sheetBytes(m_path) > bytes ? Result<>{} : fail(writeError(LXW_ERROR_CREATING_TMPFILE));
    }

private:
    Result<> cell(lxw_col_t column, const Value& value)
    {
        if (isNull(value))
            return {};
        const auto line = static_cast<lxw_row_t>(m_rows);
        const QByteArray text = plainText(value);
        const auto* real = std::get_if<double>(&value);
        const bool isNumber = real || std::holds_alternative<qint64>(value) || m_numbers[column];
        auto number = isNumber ? exactNumber(text) : std::nullopt;
        // SQLite's 2.0 is the number two, however it is drawn.
        if (real && std::isfinite(*real) && *real == std::trunc(*real) && std::abs(*real) < 1e15)
            number = *real;
        if (number)
            return checked(
                worksheet_write_number(m_sheet, line, column, *number, real ? nullptr : placesOf(text)));
        if (!text.isValidUtf8() || text.contains('\0'))
            return put(line, column, "\\x" + text.toHex());
        return put(line, column, text);
    }

    Result<> put(lxw_row_t line, lxw_col_t column, const QByteArray& text)
    {
        if (text.size() > mostLetters && QString::fromUtf8(text).size() > mostLetters)
            return fail(ErrorKind::Unsupported,
                        Words::tr("A cell of a spreadsheet holds %1 letters; one in row %2 has more.")
                            .arg(mostLetters)
                            .arg(m_rows),
                        Words::tr("Choose CSV, or leave that column out."));
        // An empty text would be no cell at all; it cannot be told from NULL in a spreadsheet.
        return text.isEmpty()
                   ? Result<>{}
                   : checked(worksheet_write_string(m_sheet, line, column, text.constData(), nullptr));
    }

    /// So many places behind the point as the text has, where its last one is a zero.
    lxw_format* placesOf(const QByteArray& text)
    {
        const qsizetype point = text.indexOf('.');
        if (point < 0 || !text.endsWith('0'))
            return nullptr;
        const auto places = static_cast<int>(text.size() - point - 1);
        lxw_format*& format = m_places[places];
        if (!format) {
            format = workbook_add_format(m_book);
            format_set_num_format(format, QByteArray("0." + QByteArray(places, '0')).constData());
        }
        return format;
    }

    static Result<> checked(lxw_error code)
    {
        return code == LXW_NO_ERROR ? Result<>{} : fail(writeError(code));
    }

    QString m_path;
    QByteArray m_folder;
    WriteOptions m_options;
    lxw_workbook* m_book = nullptr;
    lxw_worksheet* m_sheet = nullptr;
    std::vector<bool> m_numbers;
    QHash<int, lxw_format*> m_places;
    qint64 m_rows = 0;
};

}  // namespace

std::unique_ptr<RowWriter> makeWorkbookWriter(const QString& path, const WriteOptions& options)
{
    return std::make_unique<WorkbookWriter>(path, options);
}

}  // namespace dewpoint::transfer
