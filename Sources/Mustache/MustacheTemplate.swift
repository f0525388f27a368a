/// A Mustache template, parsed once and rendered as often as wanted.
///
/// All of the core of the specification (comments, set delimiters, interpolation, sections, inverted sections,
/// partials) at https://github.com/mustache/spec; none of the optional modules (lambdas, inheritance).
package struct MustacheTemplate: Sendable {
    package let contentType: MustacheContentType
    /// The partials the template itself includes, so that a missing one can be reported before the first rendering.
    package let partialNames: Set<String>
    let source: [UInt8]
    let program: [Instruction]
    /// Where in the source each instruction comes from.
    private let offsets: [Int]

    package init(_ source: String, contentType: MustacheContentType) throws(MustacheSyntaxError) {
        var parser = MustacheParser(Array(source.utf8), contentType)
        try parser.parse()
        self.contentType = contentType
        self.partialNames = parser.partialNames
        self.source = parser.source
        self.program = parser.program
        self.offsets = parser.offsets
    }

    /// Appends the rendered template to `output`, in UTF-8.
    /// - Parameters:
    ///   - contexts: what names are looked up in, usually objects; the last is asked first.
    ///   - partials: by name; an included name that is not here renders as nothing, as the specification wants it.
    ///   - absent: what an interpolation of a name that nobody gave means.
    ///   - output: the buffer, which keeps what it holds.
    /// - Throws: ``MustacheRenderError``; `output` then holds what was rendered before it.
    package func render(
        in contexts: [MustacheValue], partials: [String: MustacheTemplate] = [:], absent: MustacheAbsence = .empty,
        into output: inout [UInt8]
    ) throws(MustacheRenderError) {
        var renderer = MustacheRenderer(
            contexts: contexts, partials: partials, contentType: contentType, absent: absent, output: output)
        output = []  // The renderer is the only owner of the buffer now, so appending never copies it.
        defer { output = renderer.output }
        try renderer.run(self)
    }

    package func render(
        _ data: MustacheValue, partials: [String: MustacheTemplate] = [:], absent: MustacheAbsence = .empty
    ) throws(MustacheRenderError) -> String {
        var output: [UInt8] = []
        output.reserveCapacity(source.count * 2)
        try render(in: [data], partials: partials, absent: absent, into: &output)
        return String(decoding: output, as: UTF8.self)
    }

    /// The names used here and in the partials that the contexts do not have: most likely they are misspelt.
    /// - Parameter contexts: samples of the data, with everything that may be in it; the last is asked first.
    package func unknownNames(
        in contexts: [MustacheValue], partials: [String: MustacheTemplate] = [:]
    ) -> [MustacheUnknownName] {
        var check = NameCheck(contexts: contexts, partials: partials)
        check.run(self)
        return check.unknown
    }

    /// The line an instruction comes from, counted from 1.
    func line(of step: Int) -> Int { 1 + source[..<offsets[step]].count { $0 == UInt8(ascii: "\n") } }
}
