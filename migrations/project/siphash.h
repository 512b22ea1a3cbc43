// SPDX-FileCopyrightText: 2026 The Dewpoint authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArrayView>

namespace dewpoint::project {

/// SipHash with one round a word, three at the end and a key of zeros: what Rust's SipHasher13 makes.
quint64 sipHash13(QByteArrayView bytes);

}  // namespace dewpoint::project
