internal import CertificateDocument

/// What an artist has drawn.
struct DrawnPage {
    let file: [UInt8]
    let marks: [Mark]
    let layer: PageLayer?
}
