/// What a certificate says that no template does.
package enum ContentField: String, Sendable, CaseIterable {
    case learner, course, date, expiry, grade, instructor, issuer, code, url, signature

    /// Those that are set as text.
    static let texts = allCases.filter { $0 != .signature }
}
