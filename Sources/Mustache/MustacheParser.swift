/// Turns a template's source into instructions, in one pass over its bytes.
struct MustacheParser {
    /// Deeper nesting is refused here, so that rendering never meets it.
    static let maxSectionDepth = 100

    let source: [UInt8]
    private(set) var program: [Instruction] = []
    /// Where in the source each instruction comes from.
    private(set) var offsets: [Int] = []
    private(set) var partialNames: Set<String> = []
    private var position = 0
    private var opening = Array("{{".utf8)
    private var closing = Array("}}".utf8)
    private var sections: [OpenSection] = []
    /// Nil for text, where no place needs another escaping.
    private var html: HTMLContext?

    /// A section whose closing tag is still to come.
    private struct OpenSection {
        let name: String
        let instruction: Int
        let tag: Int
        let html: HTMLContext?
    }

    init(_ source: [UInt8], _ contentType: MustacheContentType) {
        self.source = source
        html = contentType == .html ? HTMLContext() : nil
    }

    mutating func parse() throws(MustacheSyntaxError) {
        while let tag = try nextTag() {
            let line = standaloneLine(around: tag)
            appendText(upTo: line?.lowerBound ?? tag.range.lowerBound)
            if line == nil, startsLine(tag.range.lowerBound) { append(.lineStart, at: tag.range.lowerBound) }
            position = line?.upperBound ?? tag.range.upperBound
            try compile(tag, indent: line.map { Array(source[$0.lowerBound..<tag.range.lowerBound]) } ?? [])
        }
        appendText(upTo: source.count)
        if let open = sections.last {
            throw error(at: open.tag, "the section '\(open.name)' is never closed; add \(tagText("/" + open.name)).")
        }
    }

    private mutating func compile(_ tag: Tag, indent: [UInt8]) throws(MustacheSyntaxError) {
        switch tag.kind {
        case .comment: break
        case .delimiters: try setDelimiters(tag)
        case .escaped: try compileValue(tag)
        case .unescaped, .triple:
            _ = html?.escapingOfValue()
            append(.value(try path(tag), .none), at: tag.range.lowerBound)
        case .section, .inverted: try openSection(tag)
        case .end: try closeSection(tag)
        case .partial:
            _ = try path(tag)
            guard html?.isSpecial != true else {
                // A partial is compiled by itself: its values would be written as between tags.
                throw error(
                    at: tag.range.lowerBound, "a partial cannot stand in a link, a style or a script; write it out.")
            }
            partialNames.insert(tag.content)
            append(.partial(tag.content, indent: indent), at: tag.range.lowerBound)
        }
    }

    private mutating func compileValue(_ tag: Tag) throws(MustacheSyntaxError) {
        if let refusal = html?.refusalOfValue { throw error(at: tag.range.lowerBound, refusal) }
        append(.value(try path(tag), html?.escapingOfValue() ?? .html), at: tag.range.lowerBound)
    }

    private mutating func openSection(_ tag: Tag) throws(MustacheSyntaxError) {
        guard sections.count < Self.maxSectionDepth else {
            throw error(at: tag.range.lowerBound, "more than \(Self.maxSectionDepth) sections within each other.")
        }
        sections.append(
            OpenSection(name: tag.content, instruction: program.count, tag: tag.range.lowerBound, html: html))
        // The end is filled in by the closing tag.
        let path = try path(tag)
        append(tag.kind == .section ? .section(path, end: 0) : .inverted(path, end: 0), at: tag.range.lowerBound)
    }

    private mutating func closeSection(_ tag: Tag) throws(MustacheSyntaxError) {
        guard let open = sections.popLast() else {
            throw error(at: tag.range.lowerBound, "'\(tag.content)' is closed but was never opened; remove the tag.")
        }
        guard open.name == tag.content else {
            throw error(
                at: tag.range.lowerBound,
                "'\(tag.content)' is closed where '\(open.name)' is open; write \(tagText("/" + open.name)) first.")
        }
        // Behind a section the document is where it was before: the section may have been left out.
        html = open.html
        switch program[open.instruction] {
        case .section(let path, _): program[open.instruction] = .section(path, end: program.count)
        case .inverted(let path, _): program[open.instruction] = .inverted(path, end: program.count)
        default: preconditionFailure("an open section points at an instruction that is none")
        }
    }

    private mutating func setDelimiters(_ tag: Tag) throws(MustacheSyntaxError) {
        let parts = Array(tag.content.utf8).split(whereSeparator: isWhitespace)
        guard parts.count == 2, !parts.joined().contains(UInt8(ascii: "=")) else {
            throw error(
                at: tag.range.lowerBound, "set the delimiters as two texts without '=', for example {{=<% %>=}}.")
        }
        opening = Array(parts[0])
        closing = Array(parts[1])
    }

    private mutating func appendText(upTo end: Int) {
        guard position < end else { return }
        html?.take(source[position..<end])
        append(.text(position..<end, startsLine: startsLine(position)), at: position)
    }

    private mutating func append(_ instruction: Instruction, at offset: Int) {
        program.append(instruction)
        offsets.append(offset)
    }
}

// MARK: - Finding tags

extension MustacheParser {
    private func nextTag() throws(MustacheSyntaxError) -> Tag? {
        guard let start = find(opening, from: position) else { return nil }
        let sigil = start + opening.count
        let kind = sigil < source.count ? Tag.Kind(sigil: source[sigil]) : .escaped
        let content = sigil + (kind == .escaped ? 0 : 1)
        let ending = kind.endingPrefix + closing
        guard let end = find(ending, from: content) else {
            throw error(at: start, "the tag is not closed; add \(String(decoding: ending, as: UTF8.self)).")
        }
        return Tag(kind: kind, content: trimmed(content..<end), range: start..<(end + ending.count))
    }

    /// The whole line, with its line break, of a tag that stands alone on it and writes nothing itself.
    private func standaloneLine(around tag: Tag) -> Range<Int>? {
        guard tag.kind.canStandAlone else { return nil }
        var start = tag.range.lowerBound
        while start > 0, isBlank(source[start - 1]) { start -= 1 }
        guard startsLine(start), start >= position else { return nil }
        var end = tag.range.upperBound
        while end < source.count, isBlank(source[end]) { end += 1 }
        if end < source.count, source[end] == UInt8(ascii: "\r") { end += 1 }
        guard end < source.count else { return start..<end }
        return source[end] == UInt8(ascii: "\n") ? start..<(end + 1) : nil
    }

    private func startsLine(_ index: Int) -> Bool { index == 0 || source[index - 1] == UInt8(ascii: "\n") }

    private func find(_ pattern: [UInt8], from start: Int) -> Int? {
        guard source.count >= pattern.count, start <= source.count - pattern.count else { return nil }
        return (start...(source.count - pattern.count)).first { index in
            source[index] == pattern[0] && source[index..<(index + pattern.count)].elementsEqual(pattern)
        }
    }

    private func trimmed(_ range: Range<Int>) -> String {
        var content = source[range]
        content = content.drop(while: isWhitespace)
        while let last = content.last, isWhitespace(last) { content.removeLast() }
        return String(decoding: content, as: UTF8.self)
    }

    private func isBlank(_ byte: UInt8) -> Bool { byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") }

    private func isWhitespace(_ byte: UInt8) -> Bool {
        isBlank(byte) || byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r")
    }
}

// MARK: - Errors

extension MustacheParser {
    private func path(_ tag: Tag) throws(MustacheSyntaxError) -> Path {
        guard let path = Path(tag.content) else {
            throw error(
                at: tag.range.lowerBound,
                tag.content.isEmpty
                    ? "the tag has no name; write one, for example \(tagText("name"))."
                    : "'\(tag.content)' is no name; write it as name or as person.name.")
        }
        return path
    }

    private func tagText(_ content: String) -> String {
        String(decoding: opening, as: UTF8.self) + content + String(decoding: closing, as: UTF8.self)
    }

    private func error(at index: Int, _ message: String) -> MustacheSyntaxError {
        MustacheSyntaxError(line: 1 + source[..<index].count { $0 == UInt8(ascii: "\n") }, message: message)
    }
}
