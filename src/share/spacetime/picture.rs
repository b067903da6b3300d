//! A picture as a list of paths and texts, first ones below. Colours are names of the page's tokens.

/// A colour, by meaning.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Ink {
    Ink,
    Ink2,
    Ink3,
    Line,
    Paper,
    Sheet,
    Alarm,
    AlarmWash,
    OnReign,
    OnInk,
    /// The wax of a reign, 1 to 6; 0 where reigns have no number.
    Wax(u8),
}

impl Ink {
    /// Every colour once, in the order of [`Ink::number`].
    pub const ALL: [Ink; 17] = [
        Ink::Ink,
        Ink::Ink2,
        Ink::Ink3,
        Ink::Line,
        Ink::Paper,
        Ink::Sheet,
        Ink::Alarm,
        Ink::AlarmWash,
        Ink::OnReign,
        Ink::OnInk,
        Ink::Wax(0),
        Ink::Wax(1),
        Ink::Wax(2),
        Ink::Wax(3),
        Ink::Wax(4),
        Ink::Wax(5),
        Ink::Wax(6),
    ];

    /// The wax of a reign with this number.
    pub fn of_reign(number: Option<u64>) -> Ink {
        Ink::Wax(number.map_or(0, |number| (number.wrapping_add(5) % 6) as u8 + 1))
    }

    /// Its place in [`Ink::ALL`].
    pub fn number(self) -> usize {
        match self {
            Ink::Wax(wax) => 10 + usize::from(wax.min(6)),
            Ink::Ink => 0,
            Ink::Ink2 => 1,
            Ink::Ink3 => 2,
            Ink::Line => 3,
            Ink::Paper => 4,
            Ink::Sheet => 5,
            Ink::Alarm => 6,
            Ink::AlarmWash => 7,
            Ink::OnReign => 8,
            Ink::OnInk => 9,
        }
    }

    /// The token that holds it.
    pub fn token(self) -> &'static str {
        const TOKENS: [&str; 17] = [
            "--ink",
            "--ink-2",
            "--ink-3",
            "--line",
            "--paper",
            "--sheet",
            "--alarm",
            "--alarm-wash",
            "--on-reign",
            "--on-ink",
            "--ink-3",
            "--reign-1",
            "--reign-2",
            "--reign-3",
            "--reign-4",
            "--reign-5",
            "--reign-6",
        ];
        TOKENS[self.number()]
    }
}

#[derive(Clone, Copy, PartialEq, Debug)]
pub enum Pen {
    Fill,
    /// Width, and lengths of dash and gap in pixels; a gap of 0 for a whole line.
    Stroke(f64, (f64, f64)),
}

#[derive(Clone, PartialEq, Debug)]
pub struct Path {
    /// Path data as SVG and canvas read it.
    pub data: String,
    pub ink: Ink,
    pub pen: Pen,
    /// Per cent of opacity.
    pub opacity: u8,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Anchor {
    Start,
    Middle,
    End,
}

#[derive(Clone, PartialEq, Debug)]
pub struct Text {
    pub text: String,
    /// Where its base line begins, ends, or has its middle, in pixels.
    pub at: (f64, f64),
    pub anchor: Anchor,
    /// In pixels.
    pub size: f64,
    pub bold: bool,
    pub ink: Ink,
}

#[derive(Clone, PartialEq, Debug)]
pub enum Shape {
    Path(Path),
    Text(Text),
}

#[derive(Clone, PartialEq, Debug, Default)]
pub struct Picture {
    pub shapes: Vec<Shape>,
}

impl Picture {
    pub fn fill(&mut self, ink: Ink, data: Trace) {
        self.path(ink, Pen::Fill, 100, data);
    }

    pub fn stroke(&mut self, ink: Ink, width: f64, data: Trace) {
        self.path(ink, Pen::Stroke(width, (0.0, 0.0)), 100, data);
    }

    pub fn dashed(&mut self, ink: Ink, width: f64, dash: (f64, f64), data: Trace) {
        self.path(ink, Pen::Stroke(width, dash), 100, data);
    }

    pub fn path(&mut self, ink: Ink, pen: Pen, opacity: u8, data: Trace) {
        if !data.0.is_empty() {
            self.shapes.push(Shape::Path(Path { data: data.0, ink, pen, opacity }));
        }
    }

    pub fn text(&mut self, text: Text) {
        self.shapes.push(Shape::Text(text));
    }
}

/// Path data in the making. Numbers are written in tenths of a pixel.
#[derive(Default)]
pub struct Trace(pub String);

impl Trace {
    pub fn line(&mut self, from: (f64, f64), to: (f64, f64)) {
        self.to('M', from);
        self.to('L', to);
    }

    pub fn rect(&mut self, x: f64, y: f64, width: f64, height: f64) {
        self.to('M', (x, y));
        self.0.push('h');
        self.number(width);
        self.0.push('v');
        self.number(height);
        self.0.push('h');
        self.number(-width);
        self.0.push('z');
    }

    pub fn shape(&mut self, corners: &[(f64, f64)]) {
        for (index, &corner) in corners.iter().enumerate() {
            self.to(if index == 0 { 'M' } else { 'L' }, corner);
        }
        self.0.push('z');
    }

    pub fn circle(&mut self, (x, y): (f64, f64), radius: f64) {
        self.to('M', (x - radius, y));
        for width in [2.0 * radius, -2.0 * radius] {
            self.0.push('a');
            self.number(radius);
            self.number(radius);
            self.0.push_str(" 0 1 1");
            self.number(width);
            self.0.push_str(" 0");
        }
        self.0.push('z');
    }

    fn to(&mut self, letter: char, (x, y): (f64, f64)) {
        self.0.push(letter);
        self.number(x);
        self.number(y);
    }

    /// Written by whole numbers: formatting fractions costs many bytes and much time.
    fn number(&mut self, number: f64) {
        let tenths = (number * 10.0 + if number < 0.0 { -0.5 } else { 0.5 }) as i64;
        self.0.push(if tenths < 0 { '-' } else { ' ' });
        let tenths = tenths.unsigned_abs();
        digits(&mut self.0, tenths / 10);
        if !tenths.is_multiple_of(10) {
            self.0.push('.');
            self.0.push(char::from(b'0' + (tenths % 10) as u8));
        }
    }
}

fn digits(out: &mut String, number: u64) {
    if number >= 10 {
        digits(out, number / 10);
    }
    out.push(char::from(b'0' + (number % 10) as u8));
}
