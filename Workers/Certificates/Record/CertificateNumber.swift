/// The number that people see: `CW-2026-000017`.
package struct CertificateNumber: Sendable, Hashable, CustomStringConvertible {
    private static let digits = 6

    package let series: String
    /// From 1.
    package let number: Int

    package init(series: String, number: Int) { (self.series, self.number) = (series, number) }

    package var description: String {
        let text = "\(number)"
        return series + String(repeating: "0", count: max(0, Self.digits - text.count)) + text
    }
}
