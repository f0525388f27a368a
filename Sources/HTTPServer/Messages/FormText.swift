/// The fields of a query, or of a form (`application/x-www-form-urlencoded`), as they came.
package struct FormText: Sendable {
    /// What is beyond is not read: nobody asks that many questions.
    private static let fieldLimit = 100

    let bytes: ArraySlice<UInt8>

    package init(_ bytes: ArraySlice<UInt8>) { self.bytes = bytes }

    /// The value of the first field of this name; nil where there is none, or it cannot be read.
    package subscript(name: String) -> String? {
        for field in bytes.split(separator: UInt8(ascii: "&"), maxSplits: Self.fieldLimit).prefix(Self.fieldLimit) {
            if let value = Self.value(of: field, name) { return PercentDecoding.text(value, plusIsSpace: true) }
        }
        return nil
    }

    /// The values of all fields of this name, but for those that cannot be read.
    package func all(_ name: String) -> [String] {
        bytes.split(separator: UInt8(ascii: "&"), maxSplits: Self.fieldLimit).prefix(Self.fieldLimit).compactMap {
            Self.value(of: $0, name).flatMap { PercentDecoding.text($0, plusIsSpace: true) }
        }
    }

    private static func value(of field: ArraySlice<UInt8>, _ name: String) -> ArraySlice<UInt8>? {
        let parts = field.split(separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
        guard parts[0].elementsEqual(name.utf8) else { return nil }
        return parts.count > 1 ? parts[1] : []
    }
}
