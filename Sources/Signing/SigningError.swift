/// What is wrong with a key: one sentence, without the key.
package struct SigningError: Error, Equatable, CustomStringConvertible {
    package let description: String

    init(_ description: String) { self.description = description }
}
