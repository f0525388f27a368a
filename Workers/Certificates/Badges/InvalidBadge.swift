internal import JOSE

/// Why a token is no badge, or no status list, of those whose keys are known: one sentence.
package struct InvalidBadge: Error, Equatable, CustomStringConvertible {
    package let description: String

    init(_ description: String) { self.description = description }

    init(_ token: InvalidToken) { description = token.description }
}
