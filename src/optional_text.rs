//! A text that a builder may be given or not: [`OptionalText`].

/// A text, or none: `&str`, `String`, or an `Option` of one of them.
pub trait OptionalText: sealed::Sealed {
    #[doc(hidden)]
    fn into_text(self) -> Option<String>;
}

mod sealed {
    pub trait Sealed {}
}

macro_rules! optional_text {
    ($($type:ty, |$text:ident| $converted:expr;)+) => {$(
        impl sealed::Sealed for $type {}

        impl OptionalText for $type {
            fn into_text(self) -> Option<String> {
                let $text = self;
                $converted
            }
        }
    )+};
}

optional_text! {
    &str, |text| Some(text.to_owned());
    &String, |text| Some(text.clone());
    String, |text| Some(text);
    Option<&str>, |text| text.map(str::to_owned);
    Option<String>, |text| text;
}
