/// Which certificates are wanted.
package struct CertificateFilter: Sendable {
    package var learner: String?
    package var course: String?
    package var version: Int?
    package var state: CertificateState?

    package init() {}
}
