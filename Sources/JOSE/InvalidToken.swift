/// Why a token is not one that somebody with a known key signed: one sentence.
package struct InvalidToken: Error, Equatable, CustomStringConvertible {
    package let description: String

    package static let malformed = InvalidToken(description: "It is no signed token.")
    package static let unknownKey = InvalidToken(description: "It is signed by a key that is not known.")
    package static let wrongAlgorithm = InvalidToken(description: "It names an algorithm that is not its key's.")
    package static let wrongType = InvalidToken(description: "It is a token for something else.")
    package static let broken = InvalidToken(
        description: "Its signature does not hold: it was changed, or signed by another key.")
}
