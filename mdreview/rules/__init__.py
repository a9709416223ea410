"""Every rule, in the order of their codes. One line a rule; a test holds it against the folder."""

from __future__ import annotations

from functools import cache

from mdreview.rule import Rule
from mdreview.rules.citations.citation_order import CitationOrder
from mdreview.rules.citations.duplicate_reference import DuplicateReference
from mdreview.rules.citations.incomplete_reference import IncompleteReference
from mdreview.rules.citations.mixed_citation_styles import MixedCitationStyles
from mdreview.rules.citations.off_topic_reference import OffTopicReference
from mdreview.rules.citations.reference_list_numbering import ReferenceListNumbering
from mdreview.rules.citations.uncited_bibliography_entry import UncitedBibliographyEntry
from mdreview.rules.citations.uncited_reference import UncitedReference
from mdreview.rules.citations.undefined_citation import UndefinedCitation
from mdreview.rules.citations.undefined_citekey import UndefinedCitekey
from mdreview.rules.citations.unreadable_bibliography import UnreadableBibliography
from mdreview.rules.claims.abstract_only_figure import AbstractOnlyFigure
from mdreview.rules.claims.conflicting_figures import ConflictingFigures
from mdreview.rules.claims.uncited_attribution import UncitedAttribution
from mdreview.rules.claims.uncited_percentage import UncitedPercentage
from mdreview.rules.claims.uncited_quantity import UncitedQuantity
from mdreview.rules.footnotes.duplicate_footnote import DuplicateFootnote
from mdreview.rules.footnotes.empty_footnote import EmptyFootnote
from mdreview.rules.footnotes.footnote_defined_as_list import FootnoteDefinedAsList
from mdreview.rules.footnotes.footnote_inside_heading_or_definition import FootnoteInsideHeadingOrDefinition
from mdreview.rules.footnotes.footnote_order import FootnoteOrder
from mdreview.rules.footnotes.malformed_footnote import MalformedFootnote
from mdreview.rules.footnotes.undefined_footnote import UndefinedFootnote
from mdreview.rules.footnotes.unused_footnote import UnusedFootnote
from mdreview.rules.references.caption_without_float import CaptionWithoutFloat
from mdreview.rules.references.float_numbering import FloatNumbering
from mdreview.rules.references.undefined_float_reference import UndefinedFloatReference
from mdreview.rules.references.undefined_label import UndefinedLabel
from mdreview.rules.references.undefined_section_reference import UndefinedSectionReference
from mdreview.rules.references.unmentioned_float import UnmentionedFloat
from mdreview.rules.residue.generation_residue import GenerationResidue
from mdreview.rules.residue.placeholder import Placeholder
from mdreview.rules.sections.duplicate_section_number import DuplicateSectionNumber
from mdreview.rules.sections.empty_section import EmptySection
from mdreview.rules.sections.heading_level_skip import HeadingLevelSkip
from mdreview.rules.sections.outline_mismatch import OutlineMismatch
from mdreview.rules.sections.pseudo_heading import PseudoHeading
from mdreview.rules.sections.section_number_depth import SectionNumberDepth
from mdreview.rules.sections.section_number_gap import SectionNumberGap
from mdreview.rules.sections.section_number_parent import SectionNumberParent
from mdreview.rules.sections.section_number_style import SectionNumberStyle
from mdreview.rules.sections.unnumbered_section import UnnumberedSection
from mdreview.rules.suppressions.unknown_rule import UnknownRule
from mdreview.rules.suppressions.unused_suppression import UnusedSuppression
from mdreview.rules.terms.abbreviation_before_definition import AbbreviationBeforeDefinition
from mdreview.rules.terms.abbreviation_redefined import AbbreviationRedefined
from mdreview.rules.terms.conflicting_expansion import ConflictingExpansion
from mdreview.rules.terms.conflicting_translation import ConflictingTranslation
from mdreview.rules.terms.glossary_violation import GlossaryViolation
from mdreview.rules.terms.long_form_after_definition import LongFormAfterDefinition
from mdreview.rules.terms.term_spelling import TermSpelling
from mdreview.rules.terms.undefined_abbreviation import UndefinedAbbreviation
from mdreview.rules.terms.unused_abbreviation import UnusedAbbreviation
from mdreview.rules.typography.cjk_latin_spacing import CjkLatinSpacing
from mdreview.rules.typography.halfwidth_punctuation import HalfwidthPunctuation
from mdreview.rules.typography.keyword_separators import KeywordSeparators
from mdreview.rules.typography.mixed_width_brackets import MixedWidthBrackets

UNUSED_SUPPRESSION = UnusedSuppression()

RULES: tuple[Rule, ...] = (
    UndefinedFootnote(),
    UnusedFootnote(),
    DuplicateFootnote(),
    FootnoteOrder(),
    EmptyFootnote(),
    MalformedFootnote(),
    FootnoteDefinedAsList(),
    FootnoteInsideHeadingOrDefinition(),
    UndefinedCitation(),
    UncitedReference(),
    CitationOrder(),
    DuplicateReference(),
    MixedCitationStyles(),
    ReferenceListNumbering(),
    IncompleteReference(),
    UndefinedCitekey(),
    UncitedBibliographyEntry(),
    UnreadableBibliography(),
    OffTopicReference(),
    UndefinedSectionReference(),
    UndefinedFloatReference(),
    CaptionWithoutFloat(),
    UnmentionedFloat(),
    FloatNumbering(),
    UndefinedLabel(),
    SectionNumberGap(),
    SectionNumberDepth(),
    SectionNumberParent(),
    HeadingLevelSkip(),
    SectionNumberStyle(),
    UnnumberedSection(),
    DuplicateSectionNumber(),
    PseudoHeading(),
    EmptySection(),
    OutlineMismatch(),
    UncitedPercentage(),
    UncitedQuantity(),
    UncitedAttribution(),
    AbstractOnlyFigure(),
    ConflictingFigures(),
    AbbreviationBeforeDefinition(),
    AbbreviationRedefined(),
    ConflictingExpansion(),
    ConflictingTranslation(),
    UndefinedAbbreviation(),
    UnusedAbbreviation(),
    TermSpelling(),
    GlossaryViolation(),
    LongFormAfterDefinition(),
    GenerationResidue(),
    Placeholder(),
    HalfwidthPunctuation(),
    MixedWidthBrackets(),
    KeywordSeparators(),
    CjkLatinSpacing(),
    UNUSED_SUPPRESSION,
    UnknownRule(),
)


@cache
def rule_words() -> tuple[str, ...]:
    """Every word that names rules: codes, names, families and ALL."""
    words = dict.fromkeys(word for rule in RULES for word in (rule.code, rule.name, rule.family))
    return (*words, "ALL")
