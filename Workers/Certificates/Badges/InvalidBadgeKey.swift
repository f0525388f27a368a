/// Why a key cannot sign badges: one sentence, without the key.
package struct InvalidBadgeKey: Error, Equatable, CustomStringConvertible {
    package let description: String
}
