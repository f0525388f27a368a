/// What many pages have below everything else: drawn and compressed once.
package struct PageLayer: Sendable {
    /// A stream's bytes, compressed.
    let content: [UInt8]
    /// The entries that it needs of the page's graphics states.
    let states: [UInt8]

    /// - Parameter file: a page that cairo drew, of lines and areas alone.
    package init(from file: [UInt8], compression: Compression) throws(UnexpectedPDF) {
        let objects = try PDFObjects(file)
        let page = try objects.page.body
        let operators = try objects.inflated(PDFObjects.reference("/Contents ", in: page), compression)
        let frame = (start: Array("/Artifact BMC q\n".utf8), end: Array("\nQ EMC\n".utf8))
        content = compression.deflate(frame.start + Self.renamed(operators) + frame.end)
        let resources = try objects.resources(of: page).body
        guard let start = resources.range(of: "/ExtGState <<")?.upperBound,
            let end = resources[start...].range(of: "\n   >>")?.lowerBound
        else { throw UnexpectedPDF("graphics states") }
        states = Self.renamed(Array(resources[start..<end]))
    }

    /// `/a0`, as cairo names a graphics state, would be another's on the page.
    private static func renamed(_ bytes: [UInt8]) -> [UInt8] {
        var bytes = bytes
        for index in bytes.indices.dropLast(2)
        where bytes[index] == UInt8(ascii: "/") && bytes[index + 1] == UInt8(ascii: "a")
            && (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(bytes[index + 2])
        {
            bytes[index + 1] = UInt8(ascii: "d")
        }
        return bytes
    }
}
