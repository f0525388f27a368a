/// What was drawn of a certificate, in the parts that its file is made of.
package struct DrawnPage: Sendable {
    /// What cairo wrote: one page, tagged.
    package var file: [UInt8]
    /// Of each thing that was tagged, in the order it was drawn.
    package var marks: [Mark]
    /// What is below that.
    package var layer: PageLayer?
    /// The texts of marks that were not drawn in this file.
    package var texts: SharedTexts?

    package init(file: [UInt8], marks: [Mark], layer: PageLayer? = nil, texts: SharedTexts? = nil) {
        self.file = file
        self.marks = marks
        self.layer = layer
        self.texts = texts
    }
}
