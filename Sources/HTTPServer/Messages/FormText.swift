/// The fields of a query, or of a form (`application/x-www-form-urlencoded`), as they came.
package struct FormText: Sendable {
    /// What is beyond is not read: nobody asks that many questions.
    private static let fieldLimit = 100

    let bytes: ArraySlice<UInt8>

    package init(_ bytes: ArraySlice<UInt8>) { self.bytes = bytes }

    /// The value of the first field of this name; nil where there is none, or it cannot be read.
    package subscript(name: String) -> String? {
        for field in bytes.split(separator: UInt8(ascii: "&"), maxSplits: Self.fieldLimit).prefix(Self.fieldLimit) {
            let parts = field.split(separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
            guard parts[0].elementsEqual(name.utf8) else { continue }
            return PercentDecoding.text(parts.count > 1 ? parts[1] : [], plusIsSpace: true)
        }
        return nil
    }
}
