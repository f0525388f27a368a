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

    package init(_ source: String, contentType: MustacheContentType) throws(MustacheSyntaxError) {
        var parser = MustacheParser(Array(source.utf8))
        try parser.parse()
        self.contentType = contentType
        self.partialNames = parser.partialNames
        self.source = parser.source
        self.program = parser.program
    }

    /// Appends the rendered template to `output`, in UTF-8.
    /// - Parameters:
    ///   - data: what names are looked up in, usually an object.
    ///   - partials: by name; an included name that is not here renders as nothing, as the specification wants it.
    ///   - absent: what an interpolation of a name that nobody gave means.
    ///   - output: the buffer, which keeps what it holds.
    /// - Throws: ``MustacheRenderError``; `output` then holds what was rendered before it.
    package func render(
        _ data: MustacheValue, partials: [String: MustacheTemplate] = [:], absent: MustacheAbsence = .empty,
        into output: inout [UInt8]
    ) throws(MustacheRenderError) {
        var renderer = MustacheRenderer(
            data: data, partials: partials, contentType: contentType, absent: absent, output: output)
        output = []  // The renderer is the only owner of the buffer now, so appending never copies it.
        defer { output = renderer.output }
        try renderer.run(self)
    }

    package func render(
        _ data: MustacheValue, partials: [String: MustacheTemplate] = [:], absent: MustacheAbsence = .empty
    ) throws(MustacheRenderError) -> String {
        var output: [UInt8] = []
        output.reserveCapacity(source.count * 2)
        try render(data, partials: partials, absent: absent, into: &output)
        return String(decoding: output, as: UTF8.self)
    }
}
