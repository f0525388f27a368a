internal import CertificateDocument

/// The shared texts of a page, as drawn.
struct DrawnTexts {
    let texts: SharedTexts
    /// Of each element, in order; nil for one that shows nothing.
    let marks: [(tag: String, mark: Mark)?]
}
