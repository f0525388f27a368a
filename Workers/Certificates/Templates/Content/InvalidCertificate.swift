/// Why a certificate cannot be drawn: what it says is not fit to be shown, or does not fit the template.
public struct InvalidCertificate: Error, Equatable, CustomStringConvertible {
    public let description: String

    package init(_ description: String) { self.description = description }
}
