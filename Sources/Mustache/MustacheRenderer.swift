/// Runs a template's instructions against a stack of contexts.
struct MustacheRenderer {
    /// Sections and partials within each other; each level is a frame of the thread's stack.
    static let maxDepth = 200
    /// A template is not a way to fill the memory: a mail of this size would be refused anyway.
    static let maxBytes = 32 << 20

    private(set) var output: [UInt8]
    private var contexts: ContextStack
    private var depth = 0
    private let partials: [String: MustacheTemplate]
    private let escapesHTML: Bool
    private let absent: MustacheAbsence

    init(
        contexts: [MustacheValue], partials: [String: MustacheTemplate], contentType: MustacheContentType,
        absent: MustacheAbsence, output: consuming [UInt8]
    ) {
        self.contexts = ContextStack(contexts)
        escapesHTML = contentType == .html
        self.partials = partials
        self.absent = absent
        self.output = output
    }

    mutating func run(_ template: MustacheTemplate, indent: [UInt8] = []) throws(MustacheRenderError) {
        try run(template, template.program.indices, indent)
    }

    private mutating func run(
        _ template: MustacheTemplate, _ steps: Range<Int>, _ indent: [UInt8]
    ) throws(MustacheRenderError) {
        var step = steps.lowerBound
        while step < steps.upperBound {
            let body = step + 1
            step = body
            switch template.program[body - 1] {
            case .text(let range, let startsLine):
                if indent.isEmpty {
                    try write(template.source, range)
                } else {
                    try write(template.source[range], startsLine: startsLine, indent)
                }
            case .lineStart:
                output += indent
            case .value(let path, let escaping):
                try write(path, escapesHTML ? escaping : .none)
            case .section(let path, let end):
                try section(contexts.lookUp(path), template, body..<end, indent)
                step = end
            case .inverted(let path, let end):
                if !(contexts.lookUp(path)?.isTruthy ?? false) { try nested(template, body..<end, indent) }
                step = end
            case .partial(let name, let own):
                try include(name, indent: own.isEmpty ? [] : indent + own)
            }
        }
    }

    private mutating func section(
        _ value: MustacheValue?, _ template: MustacheTemplate, _ steps: Range<Int>, _ indent: [UInt8]
    ) throws(MustacheRenderError) {
        guard let value, value.isTruthy else { return }
        guard case .list(let items) = value else {
            return try run(template, steps, indent, on: value)
        }
        for item in items { try run(template, steps, indent, on: item) }
    }

    private mutating func run(
        _ template: MustacheTemplate, _ steps: Range<Int>, _ indent: [UInt8], on context: MustacheValue
    ) throws(MustacheRenderError) {
        contexts.push(context)
        try nested(template, steps, indent)
        contexts.pop()
    }

    private mutating func include(_ name: String, indent: [UInt8]) throws(MustacheRenderError) {
        guard let partial = partials[name] else { return }
        try nested(partial, partial.program.indices, indent, partialName: name)
    }

    private mutating func nested(
        _ template: MustacheTemplate, _ steps: Range<Int>, _ indent: [UInt8], partialName: String? = nil
    ) throws(MustacheRenderError) {
        guard depth < Self.maxDepth else { throw .tooDeep(partial: partialName) }
        depth += 1
        try run(template, steps, indent)
        depth -= 1
    }
}

// MARK: - Writing

extension MustacheRenderer {
    private mutating func write(_ path: Path, _ escaping: Escaping) throws(MustacheRenderError) {
        switch contexts.lookUp(path) {
        case .string(let text): try write(text, escaping)
        case .number(let text): output += text.utf8
        case .bool(let value): output += (value ? "true" : "false").utf8
        case .null: break
        case .list, .object: if absent == .refused { throw .notText("\(path)") }
        case nil: if absent == .refused { throw .missing("\(path)") }
        }
    }

    private mutating func write(_ text: String, _ escaping: Escaping) throws(MustacheRenderError) {
        try checkRoom(for: text.utf8.count)
        switch escaping {
        case .none: output += text.utf8
        case .html: HTMLEscaping.append(text, to: &output)
        case .link: LinkEscaping.append(link: text, to: &output)
        case .linkPart: LinkEscaping.append(part: text, to: &output)
        case .style: StyleEscaping.append(text, to: &output)
        }
    }

    private mutating func write(_ source: [UInt8], _ range: Range<Int>) throws(MustacheRenderError) {
        try checkRoom(for: range.count)
        source.withUnsafeBufferPointer { output.append(contentsOf: UnsafeBufferPointer(rebasing: $0[range])) }
    }

    /// A line break at the very end needs no indentation here: whatever begins the next line brings it.
    private mutating func write(
        _ text: ArraySlice<UInt8>, startsLine: Bool, _ indent: [UInt8]
    ) throws(MustacheRenderError) {
        try checkRoom(for: text.count)
        if startsLine { output += indent }
        var rest = text
        while let end = rest.firstIndex(of: UInt8(ascii: "\n")), end + 1 < rest.endIndex {
            output += rest[...end]
            output += indent
            rest = rest[(end + 1)...]
        }
        output += rest
    }

    private func checkRoom(for bytes: Int) throws(MustacheRenderError) {
        guard output.count + bytes <= Self.maxBytes else { throw .tooLong }
    }
}
