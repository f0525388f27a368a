/// The objects of a file that cairo wrote: a header, objects, one table of references, one trailer.
struct PDFObjects {
    /// Without `1 0 obj` and `endobj`; a stream with all that belongs to it.
    private(set) var bodies: [ArraySlice<UInt8>?]
    let root: Int
    let info: Int

    init(_ file: [UInt8]) throws(UnexpectedPDF) {
        guard let start = file.range(of: "startxref\n", backwards: true) else { throw UnexpectedPDF("startxref") }
        var reader = PDFReader(file, at: start.upperBound)
        guard let table = reader.integer() else { throw UnexpectedPDF("startxref") }
        reader = PDFReader(file, at: table)
        guard reader.skip("xref\n0 "), let count = reader.integer(), (1...100_000).contains(count) else {
            throw UnexpectedPDF("xref")
        }
        bodies = try Self.read(file, reader.position + 1, count, table)
        let trailer = file[table...]
        guard let root = Self.reference("/Root ", in: trailer), let info = Self.reference("/Info ", in: trailer) else {
            throw UnexpectedPDF("trailer")
        }
        (self.root, self.info) = (root, info)
    }

    subscript(id: Int) -> ArraySlice<UInt8> {
        get throws(UnexpectedPDF) {
            guard bodies.indices.contains(id), let body = bodies[id] else { throw UnexpectedPDF("object \(id)") }
            return body
        }
    }

    mutating func replace(_ id: Int, by body: [UInt8]) { bodies[id] = body[...] }

    /// - Returns: the number of the new object.
    mutating func append(_ body: [UInt8]) -> Int {
        bodies.append(body[...])
        return bodies.count - 1
    }

    /// The object that an entry of a dictionary refers to.
    static func reference(_ key: String, in dictionary: ArraySlice<UInt8>) -> Int? {
        guard let place = dictionary.range(of: key) else { return nil }
        var reader = PDFReader(dictionary, at: place.upperBound)
        return reader.integer()
    }

    /// The entries are 20 bytes each (ISO 32000-1, 7.5.4).
    private static func read(
        _ file: [UInt8], _ start: Int, _ count: Int, _ table: Int
    ) throws(UnexpectedPDF) -> [ArraySlice<UInt8>?] {
        guard start + 20 * count <= file.count else { throw UnexpectedPDF("xref") }
        var places: [(id: Int, offset: Int)] = []
        for id in 1..<count {
            var reader = PDFReader(file, at: start + 20 * id)
            guard let offset = reader.integer() else { throw UnexpectedPDF("xref") }
            if file[start + 20 * id + 17] == UInt8(ascii: "n") { places.append((id, offset)) }
        }
        places.sort { $0.offset < $1.offset }
        var bodies: [ArraySlice<UInt8>?] = Array(repeating: nil, count: count)
        for (index, place) in places.enumerated() {
            let end = index + 1 < places.count ? places[index + 1].offset : table
            bodies[place.id] = try body(place.id, file, place.offset, end)
        }
        return bodies
    }

    private static func body(
        _ id: Int, _ file: [UInt8], _ start: Int, _ end: Int
    ) throws(UnexpectedPDF) -> ArraySlice<UInt8> {
        let head = "\(id) 0 obj\n".utf8.count, tail = "endobj\n".utf8.count
        guard start >= 0, end <= file.count, start + head + tail <= end,
            file[(end - tail)..<end].elementsEqual("endobj\n".utf8)
        else { throw UnexpectedPDF("object \(id)") }
        return file[(start + head)..<(end - tail)]
    }
}
