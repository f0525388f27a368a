/// Why a key and its certificates cannot sign documents: one sentence, without the key.
package struct InvalidIdentity: Error, Equatable, CustomStringConvertible {
    package let description: String

    init(_ description: String) { self.description = description }
}
