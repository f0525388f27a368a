/// Why a file cannot be imported at all: one sentence for the person who imports.
package struct InvalidImport: Error, Equatable, CustomStringConvertible {
    package let description: String

    init(_ description: String) { self.description = description }

    /// The most that is read.
    static let mostBytes = 16 << 20

    static func check(_ bytes: [UInt8]) throws(InvalidImport) {
        guard bytes.count <= mostBytes else {
            throw InvalidImport("The file is larger than \(mostBytes >> 20) MiB; split it into several.")
        }
    }
}
