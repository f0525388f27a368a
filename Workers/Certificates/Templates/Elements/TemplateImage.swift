/// A PNG image of a template. An object, so that it is decoded once.
package final class TemplateImage: Sendable, Equatable {
    package let png: [UInt8]

    init(png: [UInt8]) { self.png = png }

    package static func == (left: TemplateImage, right: TemplateImage) -> Bool { left.png == right.png }
}
