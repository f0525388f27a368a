/// Why a file is not one that somebody signed as it is: one sentence.
package struct InvalidSignature: Error, Equatable, CustomStringConvertible {
    package let description: String

    init(_ description: String) { self.description = description }

    package static let absent = InvalidSignature("The file has no signature.")
    package static let partial = InvalidSignature(
        "The signature is not of the whole file: something was added to it, or it was cut, after it was signed.")
    package static let broken = InvalidSignature(
        "The signature does not hold: the file was changed after it was signed.")
    static let brokenTimestamp = InvalidSignature("The time-stamp of the signature does not hold.")
}
