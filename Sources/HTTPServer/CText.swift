/// The bytes of a C string, while it lives; none where there is none.
struct CText: Sequence, IteratorProtocol {
    private var place: UnsafePointer<CChar>?

    init(_ start: UnsafePointer<CChar>?) { place = start }

    mutating func next() -> UInt8? {
        guard let byte = place?.pointee, byte != 0 else { return nil }
        place = place.map { $0 + 1 }
        return UInt8(bitPattern: byte)
    }
}
