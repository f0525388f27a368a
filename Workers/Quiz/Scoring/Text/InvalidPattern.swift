/// Why a pattern cannot be used. The sentence goes on from its place: `answers[0].text has …; write …`.
package struct InvalidPattern: Error, Equatable, CustomStringConvertible {
    package let description: String

    init(_ description: String) { self.description = description }
}
