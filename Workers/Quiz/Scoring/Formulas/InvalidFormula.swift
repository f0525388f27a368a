/// Why a text is no formula. The sentence goes on from its place: `answers[0].formula has …; write …`.
package struct InvalidFormula: Error, Equatable, CustomStringConvertible {
    package let description: String

    init(_ description: String) { self.description = description }
}
